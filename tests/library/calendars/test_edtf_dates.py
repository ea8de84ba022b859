"""Uncertain dates become days to compare with, and words to read."""

from datetime import date

import pytest
from django.utils.translation import override

from library.calendars import edtf_dates
from library.calendars.day_numbers import OPEN, astronomical_year, day_number, first_day, historical_year, last_day, year_of
from library.calendars.edtf_dates import bounds, span, wording


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
        ("1560-25", "mùa xuân 1560"),
        ("1560-30", "mùa hè ở nam bán cầu 1560"),
        ("1560-33", "quý 1 1560"),
        ("1560-39", "bốn tháng cuối năm 1560"),
        ("1560-41", "nửa cuối năm 1560"),
        ("0576", "576"),
        ("0576-03-09", "9/3/576"),
        ("-0010", "năm 11 TCN"),
        ("0000", "năm 1 TCN"),
        ("-0010~", "khoảng năm 11 TCN"),
        ("-0700/0100", "từ năm 701 TCN đến 100"),
        ("-0010-03", "tháng 3 năm 11 TCN"),
        ("-0010-03-09", "9 tháng 3 năm 11 TCN"),
        ("-01XX", "từ năm 200 TCN đến năm 101 TCN"),
        ("Y-50000", "năm 50001 TCN"),
        ("1930/1945~", "từ 1930 đến khoảng 1945"),
        ("../1945", "đến 1945"),
        ("1930/..", "từ 1930"),
        ("[1667,1668]", "1667 hoặc 1668"),
        ("[1667..1668]", "[1667..1668]"),
    ],
)
def test_a_date_is_said_in_words(text: str, words: str) -> None:
    with override("vi"):
        assert wording(text) == words


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("-0010", first_day(-10), last_day(-10)),
        ("0000", first_day(0), last_day(0)),
        ("-0700/0100", first_day(-700), last_day(100)),
        ("Y-50000", first_day(-50_000), last_day(-50_000)),
        ("Y-17E7", first_day(-170_000_000), last_day(-170_000_000)),
        ("../-0100", -OPEN, last_day(-100)),
        ("-0100/..", first_day(-100), OPEN),
        ("1975-04", date(1975, 4, 1).toordinal(), date(1975, 4, 30).toordinal()),
    ],
)
def test_days_before_our_era_have_numbers(text: str, first: int, last: int) -> None:
    assert span(text) == (first, last)


def test_numbers_of_days_run_through_without_a_gap() -> None:
    assert day_number(1, 1, 1) == 1
    assert day_number(0, 12, 31) == 0
    assert last_day(-401) + 1 == first_day(-400)
    assert [year_of(first_day(year)) for year in (-50_000, -400, -1, 0, 1, 400, 2026)] == [-50_000, -400, -1, 0, 1, 400, 2026]
    assert [year_of(last_day(year)) for year in (-401, -4, 0, 1999)] == [-401, -4, 0, 1999]
    assert [astronomical_year(historical_year(year)) for year in (-11, 0, 1, 576)] == [-11, 0, 1, 576]


@pytest.mark.parametrize("text", ["576", "576?", "576/600", "-10", "57-03"])
def test_a_short_year_is_answered_with_how_to_write_it(text: str) -> None:
    with override("vi"), pytest.raises(ValueError, match="bốn chữ số"):
        span(text)


def test_english_says_bc() -> None:
    with override("en"):
        assert wording("-0010") == "11 BC"
        assert wording("-0010-03") == "3/11 BC"


@pytest.mark.parametrize("text", ["0001", "9999-12-31", "2024-02-29", "2023-02", "1582-10-10", "0999-12", "1900-02", "1930", "2025-03-12"])
def test_a_plain_date_is_read_without_the_parser_and_means_the_same(text: str):
    assert edtf_dates._plain_span(text) == edtf_dates._parsed_span(text)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-21", "0000", "2025-00", "1930~", "19XX", "1930/1945", "٢٠٢٥"])
def test_every_other_date_is_left_to_the_parser(text: str):
    assert edtf_dates._plain_span(text) is None
