"""The chooser of sources: the last cited first, and found by the beginnings of words as people type them."""

import re

import pytest
from django.urls import reverse

from library.records.models import RecordSource
from library.vocabularies.models import Source
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
TITLES = {"A1": "Địa chí Lào Cai", "A2": "Đại Nam thực lục", "A3": "Lễ hội (Gầu Tào) của người Hmông", "A4": "Bách khoa"}


@pytest.fixture
def chooser(client):
    """Gives the codes in the list of the chooser, in its order, for what was typed."""
    make_record("Có nguồn khác")
    for code, title in TITLES.items():
        Source.objects.create(code=code, title=title)
    client.force_login(make_user("cataloguer", make_office()))

    def codes(typed: str = "") -> list[str]:
        address = reverse("wagtailsnippetchoosers_vocabularies_source:choose_results")
        return re.findall(r">\s*(A\d|NQ202)\s*<", client.get(address, {"q": typed} if typed else {}).content.decode())

    return codes


def test_the_last_cited_come_first_then_by_title(chooser):
    for code in ("A4", "A2"):
        RecordSource.objects.create(record=make_record(f"Bản {code}"), source=Source.objects.get(code=code))
    # make_record cites NQ202 in every record, so it is the second last here
    assert chooser() == ["A2", "NQ202", "A4", "A3", "A1"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dia chi", ["A1"]),
        ("Địa Chí", ["A1"]),
        ("gau", ["A3"]),
        ("hmong le", ["A3"]),
        ("ai", []),
        ("ca", ["A1"]),
        ("a2", ["A2"]),
        ("dai thuc.", []),
    ],
)
def test_words_are_found_by_their_beginnings_with_and_without_marks(chooser, typed, expected):
    assert chooser(typed) == expected
