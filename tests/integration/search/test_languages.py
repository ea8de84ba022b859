"""What an English reader sees of a hit: English where the record has it, and Vietnamese that says so."""

import pytest
from django.test import Client

from tests.factories import make_record

from .searching import drain

pytestmark = pytest.mark.django_db
VIETNAMESE, ENGLISH = "Người Mông mở hội Gầu Tào đầu năm.", "The Hmong hold the Gau Tao festival at new year."


def snippet(client: Client, address: str) -> tuple[str, str]:
    """Text and language of the excerpt of the only hit."""
    (hit,) = client.get(address, {"q": "gau tao"}).context["results"].hits
    return "".join(part.text for part in hit.snippet), hit.snippet_language


def test_an_english_page_shows_the_english_summary(site: str, client: Client) -> None:
    make_record("Lễ hội Gầu Tào", summary_vi=VIETNAMESE, summary_en=ENGLISH)
    drain(site)
    assert snippet(client, "/en/tim-kiem/") == (ENGLISH, "")


def test_vietnamese_on_an_english_page_says_that_it_is(site: str, client: Client) -> None:
    make_record("Lễ hội Gầu Tào", summary_vi=VIETNAMESE)
    drain(site)
    assert snippet(client, "/en/tim-kiem/")[1] == "vi"
    assert '<p lang="vi">' in client.get("/en/tim-kiem/", {"q": "gau tao"}).content.decode()


def test_a_vietnamese_page_shows_vietnamese(site: str, client: Client) -> None:
    make_record("Hội đầu xuân", summary_vi=VIETNAMESE)
    drain(site)
    assert snippet(client, "/tim-kiem/")[1] == ""
