"""What a person reads of the second factor is ours: django-allauth, which ships no Vietnamese, shows no word of its own."""

import re
from pathlib import Path
from typing import Any

import allauth
import polib
import pytest
from django.urls import reverse

from tests.library.accounts.security.conftest import PASSWORD

pytestmark = pytest.mark.django_db
CATALOG = Path(allauth.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACES = re.compile(r"%\(\w+\)s|%s|\{\w*\}")


def _english() -> set[str]:
    """Its sentences and labels of two words or more, as far as they hold no name that is put in."""
    return {entry.msgid for entry in polib.pofile(str(CATALOG)) if " " in entry.msgid.strip() and not PLACES.search(entry.msgid)}


def _words(page: Any) -> str:
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def _pages(client: Any, person: Any) -> list[Any]:
    """Every page of the second factor, also with what is refused."""
    client.post("/admin/login/", {"username": person.username, "password": PASSWORD})
    pages = [client.get("/tai-khoan/buoc-hai/"), client.post("/tai-khoan/buoc-hai/", {"code": "000000"})]
    pages += [client.post("/tai-khoan/buoc-hai/", {"credential": "{}"}), client.post("/tai-khoan/buoc-hai/", {"code": ""})]
    client.force_login(person)
    for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"):
        pages.append(client.get(reverse(name)))
    pages += [
        client.post(reverse("account_reauthenticate"), {"password": "sai"}),
        client.post(reverse("mfa_reauthenticate"), {"code": "1"}),
    ]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("security", "mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        pages.append(client.get(reverse(name)))
    pages += [client.get(reverse("mfa_view_recovery_codes")), client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": "{}"})]
    return [*pages, client.post(reverse("mfa_deactivate_totp")), client.get(reverse("security"))]


def test_no_page_of_the_second_factor_shows_a_word_of_allauths(client, reviewer, secret):
    sentences = _english()
    assert len(sentences) > 100
    shown = [
        (page.request["PATH_INFO"], sentence) for page in _pages(client, reviewer) for sentence in sentences if sentence in _words(page)
    ]
    assert shown == []


def test_the_page_for_setting_up_an_app_shows_none_either(client, reviewer):
    client.post("/admin/login/", {"username": reviewer.username, "password": PASSWORD})
    pages = [client.get(reverse("mfa_activate_totp")), client.post(reverse("mfa_activate_totp"), {"code": "000000"})]
    assert "Mã chưa đúng" in _words(pages[1])
    assert [sentence for page in pages for sentence in _english() if sentence in _words(page)] == []
