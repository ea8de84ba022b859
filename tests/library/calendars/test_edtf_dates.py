"""Uncertain dates become days to compare with, and words to read."""

from datetime import date

import pytest
from django.utils.translation import override

from library.calendars.edtf_dates import bounds, wording


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1975", date(1975, 1, 1), date(1975, 12, 31)),
        ("1975-04", date(1975, 4, 1), date(1975, 4, 30)),
        ("1975-04-30", date(1975, 4, 30), date(1975, 4, 30)),
        ("1975?", date(1975, 1, 1), date(1975, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("1930/1945", date(1930, 1, 1), date(1945, 12, 31)),
        ("../1945", None, date(1945, 12, 31)),
        ("/1945", None, date(1945, 12, 31)),
        ("1930/..", date(1930, 1, 1), None),
        ("[1667,1668]", date(1667, 1, 1), date(1668, 12, 31)),
        ("Y-17000", None, None),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: date | None, last: date | None) -> None:
    assert bounds(text) == (first, last)


@pytest.mark.parametrize("text", ["", " 1975", "30/4/1975", "1975-13", "2021-02-30", "1975/1970", "mùa xuân", "1" * 61, "1e5"])
def test_what_is_not_edtf_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        bounds(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1975", "1975"),
        ("1975-04-30", "30/4/1975"),
        ("1975-04", "4/1975"),
        ("1975~", "khoảng 1975"),
        ("1975?", "1975, chưa chắc"),
        ("19XX", "thế kỷ 20"),
        ("199X", "thập niên 1990"),
        ("2001-21", "mùa xuân 2001"),
        ("1930/1945~", "từ 1930 đến khoảng 1945"),
        ("../1945", "đến 1945"),
        ("1930/..", "từ 1930"),
        ("[1667,1668]", "[1667,1668]"),
    ],
)
def test_a_date_is_said_in_words(text: str, words: str) -> None:
    with override("vi"):
        assert wording(text) == words
