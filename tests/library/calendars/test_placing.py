"""Where an uncertain date stands in a timeline, and when its day comes round again."""

from datetime import date

import pytest

from library.calendars.placing import anniversaries, century_of, place_of


@pytest.mark.parametrize(
    ("edtf", "century", "year"),
    [
        ("1886-06-22", 19, 1886),
        ("1900", 20, 1900),
        ("17XX~", 18, None),
        ("198X/199X", 20, None),
        ("[1960,1961]", 20, None),
        ("1698~", 17, 1698),
        ("10XX/1471", 11, None),
        ("1833-07/1835-03", 19, 1833),
        ("../1199", 12, 1199),
        ("1954/..", 20, 1954),
        ("-0499/0000", -5, -500),
        ("[..1760]", 18, 1760),
    ],
)
def test_a_date_stands_where_it_begins_or_where_it_ends_if_no_beginning_is_known(edtf: str, century: int, year: int | None) -> None:
    place = place_of(edtf)
    assert place is not None and (place.century, place.year) == (century, year)


def test_a_date_open_on_both_sides_stands_nowhere() -> None:
    assert place_of("../..") is None


def test_centuries_before_our_era_are_counted_backwards() -> None:
    assert [century_of(year) for year in (1, 99, 100, -1, -100, -101)] == [1, 1, 2, -1, -1, -2]


def test_only_a_plain_day_comes_round_again() -> None:
    days = [place_of(edtf) for edtf in ("1922-08-13/2001-05-09", "1922-08-13?", "1922-08")]
    assert [(place.begins_on, place.ends_on) for place in days if place] == [("solar-8-13", "solar-5-9"), ("", ""), ("", "")]


def test_the_day_of_a_lunar_date_is_kept_by_the_lunar_calendar_and_a_lunar_month_has_none() -> None:
    day, month = place_of("1975-04-20", lunar=True), place_of("1975-04-11/1975-05-10", lunar=True)
    assert day is not None and (day.begins_on, day.ends_on) == ("lunar-3-10", "")
    assert month is not None and (month.begins_on, month.ends_on) == ("", "")
    assert "lunar-3-10" in anniversaries(date(2026, 4, 26))


def test_the_thirtieth_falls_on_the_last_day_of_a_short_month_and_a_leap_month_repeats_nothing() -> None:
    assert anniversaries(date(2026, 3, 18)) == ["solar-3-18", "lunar-1-30"]
    assert anniversaries(date(2025, 8, 12)) == ["solar-8-12"]  # 19 of the leap sixth month
