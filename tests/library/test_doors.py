"""One law, every door: each way to a record or its file, for each kind of reader and each level, opens exactly as can_see says.

A door is a line of DOORS. A public address that is in no line fails the build, so that no door can be added without its test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from library.access import ANONYMOUS, Viewer, can_see
from library.accounts.models import User
from library.records.models import Record
from media_pipeline.renditions import url_of
from tests.library.access_matrix import *  # noqa: F403
from tests.library.access_matrix import LEVELS

pytestmark = pytest.mark.django_db(transaction=True)
Expected = Callable[[Viewer, Record], bool]


@dataclass(frozen=True)
class Door:
    """A way to a record: the names of the addresses it covers, how to look through it, and who should see what there."""

    name: str
    addresses: tuple[str, ...]
    shows: Callable[[Client, Record], bool]
    expected: Expected


def _published(viewer: Viewer, record: Record) -> bool:
    return record.live and can_see(viewer, record)


def _public_only(viewer: Viewer, record: Record) -> bool:
    return record.live and can_see(ANONYMOUS, record)


def _mentions(address: Callable[[Record], str]) -> Callable[[Client, Record], bool]:
    """Looks for the record's own word, or its permanent name, anywhere in what the address answers."""

    def shows(client: Client, record: Record) -> bool:
        answer = client.get(address(record))
        assert answer.status_code < 500, (address(record), answer.status_code)
        if answer.status_code >= 300:
            return False
        body = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        return secret_word(record) in body

    return shows


def _opens(address: Callable[[Record], str]) -> Callable[[Client, Record], bool]:
    def shows(client: Client, record: Record) -> bool:
        status = client.get(address(record)).status_code
        assert status in {200, 404, 410}, status
        return status == 200

    return shows


def _counted(client: Client, record: Record) -> bool:
    """Whether the total or a facet of the search counts the record: its word is its alone."""
    results = client.get(reverse("search"), {"q": secret_word(record)}).context["results"]
    counts = [value.count for facet in results.facets for value in facet.values]
    return bool(results.total or any(counts))


def _valued(client: Client, record: Record) -> bool:
    """Whether the values of a facet count the record."""
    address = reverse("search-values", args=["dan-toc"])
    return any(value["count"] for value in client.get(address, {"q": secret_word(record), "tim": ""}).json()["values"])


def secret_word(record: Record) -> str:
    """A word of the title that no other record has."""
    return record.title_vi.split()[-1]


def _file_of(record: Record) -> str:
    return url_of(record.media.get().asset, "original")


def _province(record: Record) -> str:
    return reverse("province", args=[record.places.get().slug])


def _exported(record: Record) -> str:
    return f"{reverse('search-export', args=['json'])}?q={secret_word(record)}"


DOORS = (
    Door("record page", ("record",), _mentions(lambda record: record.get_absolute_url()), can_see),
    Door("English record page", (), _mentions(lambda record: f"/en{record.get_absolute_url()}"), can_see),
    Door("home", ("home",), _mentions(lambda record: reverse("home")), _published),
    Door("list", ("records",), _mentions(lambda record: reverse("records")), _published),
    Door("portal of a group", ("group", "groups"), _mentions(lambda record: reverse("group", args=["nhom-08"])), _published),
    Door("province", ("province", "provinces"), _mentions(_province), _published),
    Door("festival calendar", ("festivals",), _mentions(lambda record: reverse("festivals")), lambda viewer, record: False),
    Door("search", ("search",), _mentions(lambda record: reverse("search") + "?q=hoi+mua"), _published),
    Door("list to take away", ("search-export",), _mentions(_exported), _published),
    Door("map of results", (), _mentions(lambda record: reverse("search") + "?q=hoi+mua&xem=ban-do"), _published),
    Door("values of a facet", ("search-values",), _valued, _published),
    Door("search total", (), _counted, _published),
    Door("suggestions", ("search-suggest",), _mentions(lambda record: f"{reverse('search-suggest')}?q={secret_word(record)}"), _published),
    Door("inside a record", ("search-inside",), _mentions(lambda record: reverse("search-inside", args=[record.identifier])), can_see),
    Door("file", ("media:file",), _opens(_file_of), lambda viewer, record: can_see(viewer, record)),
    Door("feed", ("feed",), _mentions(lambda record: reverse("feed")), _public_only),
    Door("related, on another page", (), _mentions(lambda record: Record.objects.get(source_key="hub").get_absolute_url()), _published),
)
NOT_TO_RECORDS = {
    "media:tile": "a piece of a file; the same gate and policy, held to it by tests/media_pipeline/delivery/test_tiles.py",
    "media:tile_info": "as media:tile",
    "media:uploads": "a person's own uploads; tests/media_pipeline/intake/test_uploads.py",
    "media:upload": "as media:uploads",
    "media:finish_upload": "as media:uploads",
    "saved-searches": "a person's own; records are asked of the law again, tests/integration/search/test_saved.py",
    "saved-search-save": "as saved-searches",
    "saved-search-change": "as saved-searches",
    "saved-search-delete": "as saved-searches",
    "saved-search-stop": "names a saved search to whoever holds its letter",
    "sign-in": "names no record",
    "sign-out": "names no record",
    "search-detailed": "an empty form",
    "save-data": "sets a cookie of one character and names nothing",
    "healthz": "says nothing of anything",
    "readyz": "says only which services answer",
    "robots": "names no record",
    "sitemap": "names the sections; each section is in test_public_pages",
    "sitemap-section": "addresses without titles; test_public_pages asks for public ones only",
}


def test_every_door_opens_exactly_as_the_law_says(readers, things):
    wrong = []
    for reader, user in readers.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        viewer = User.objects.get(pk=user.pk).viewer if user else ANONYMOUS
        for level, thing in things.items():
            record = Record.objects.get(pk=thing.pk)
            for door in DOORS:
                shown, expected = door.shows(client, record), door.expected(viewer, record)
                if shown != expected:
                    wrong.append(f"{door.name}: {reader} {'sees' if shown else 'does not see'} what is {level}")
    assert not wrong, "\n".join(wrong)


def test_the_table_is_large_enough_to_mean_something():
    assert len(DOORS) * 9 * len(LEVELS) >= 400


def _names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith("admin/") and "wagtail_serve" not in str(pattern.url_patterns):
                yield from _names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield namespace + pattern.name


def test_every_public_address_is_a_door_of_the_table_or_says_why_not():
    covered = {address for door in DOORS for address in door.addresses} | set(NOT_TO_RECORDS)
    assert set(_names(get_resolver().url_patterns)) - covered == set()
