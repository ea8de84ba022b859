"""Every address of the admin is opened with words in it, by each role: answers and refusals, never an error of the library."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from library.accounts.models import User
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db

#: What people type, page, order and take away; what no form of ours sends; numbers and keys that nothing has.
ASKED = (
    {"q": "a"},
    {"q": "hát then", "p": "2", "ordering": "-title_vi"},
    {"q": "hat then", "ordering": "khong-co", "export": "csv"},
    {"export": "xlsx", "q": "a"},
    {"id": "99999999999999999999", "p": "x"},
    {"id": "x", "multiple": "1", "date_from": "x", "timestamp_from": "31/02/2026", "user": "x", "action": "x", "kind": "x", "office": "x"},
)
SHORT = (ASKED[0], ASKED[1])
NOT_ASKED = {"/admin/logout/", "/admin/failwhale/"}  # the latter is Wagtail's picture of an error


def _admin_addresses() -> list[str]:
    """Every address of the admin that needs no key of a thing."""
    names: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], namespace: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
            elif pattern.name:
                names.add(namespace + pattern.name)

    walk([each for each in get_resolver().url_patterns if str(each.pattern) == "admin/"], "")
    addresses = set()
    for name in names:
        try:
            addresses.add(reverse(name))
        except NoReverseMatch:  # it needs a key
            continue
    return sorted(address for address in addresses - NOT_ASKED if address.startswith("/admin/"))


@pytest.mark.parametrize("role", ["superuser", "administrator", "reviewer", "cataloguer", "contributor"])
def test_no_address_of_the_admin_ends_in_an_error(client: Client, role: str):
    make_record("Hát then")
    office = make_office("bo")
    client.force_login(User.objects.create_superuser("goc", "g@example.vn", "x") if role == "superuser" else make_user(role, office))
    client.raise_request_exception = False
    errors, opened = [], 0
    for address in _admin_addresses():
        for asked in ASKED if role in {"superuser", "administrator"} else SHORT:
            answer = client.get(address, asked)
            opened += answer.status_code == 200
            if answer.status_code >= 500:
                errors.append(f"{address} {asked}: {answer.status_code}")
    assert not errors, "\n".join(errors)
    assert opened > 20


@pytest.mark.parametrize("words", ["a", "hat then", "Hát Then"])
@pytest.mark.parametrize("kind", ["records_record", "vocabularies_term", "vocabularies_source"])
def test_a_chooser_finds_what_is_typed(client: Client, kind: str, words: str):
    client.force_login(make_user("administrator", make_office("bo")))
    make_record("Hát then")
    answer = client.get(reverse(f"wagtailsnippetchoosers_{kind}:choose_results"), {"q": words})
    assert answer.status_code == 200
