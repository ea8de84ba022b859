"""Lunar days are those that people in Vietnam kept, or none at all."""

from datetime import date, timedelta

import pytest

from library.calendars.lunar import LunarDay, NotComputableError, lunar_day, solar_day


@pytest.mark.parametrize(
    ("year", "tet"),
    [(1968, date(1968, 1, 29)), (1985, date(1985, 1, 21)), (2007, date(2007, 2, 17)), (2026, date(2026, 2, 17)), (2030, date(2030, 2, 2))],
)
def test_tet_falls_on_the_day_it_fell(year: int, tet: date) -> None:
    assert solar_day(LunarDay(1, 1, year)) == tet


@pytest.mark.parametrize(("year", "month"), [(1987, 7), (2023, 2), (2025, 6), (2033, 11), (2026, None)])
def test_leap_months_are_those_of_the_vietnamese_calendar(year: int, month: int | None) -> None:
    days = [
        lunar_day(solar_day(LunarDay(1, 1, year)) + timedelta(days=number)) for number in range(384)
    ]  # 384: the longest year with a leap month
    assert {day.month for day in days if day.year == year and day.leap} == ({month} if month else set())


def test_day_thirty_of_a_short_month_is_its_last_day() -> None:
    assert solar_day(LunarDay(30, 12, 2025)) == date(2026, 2, 16)
    assert lunar_day(date(2026, 2, 16)) == LunarDay(29, 12, 2025)


def test_a_leap_month_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotComputableError):
        solar_day(LunarDay(1, 5, 2025, leap=True))


@pytest.mark.parametrize("day", [date(1944, 12, 31), date(2072, 1, 1)])
def test_nothing_is_computed_outside_the_range(day: date) -> None:
    with pytest.raises(NotComputableError):
        lunar_day(day)
    with pytest.raises(NotComputableError):
        solar_day(LunarDay(1, 6, day.year))


def test_every_day_of_fifty_years_converts_back_to_itself() -> None:
    for ordinal in range(date(1980, 1, 1).toordinal(), date(2030, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        assert solar_day(lunar_day(day)) == day


@pytest.mark.parametrize(
    ("lunar", "words"),
    [
        (LunarDay(8, 1, 2026), "mùng 8 tháng Giêng"),
        (LunarDay(15, 8, 2026), "rằm tháng Tám"),
        (LunarDay(23, 12, 2026), "23 tháng Chạp"),
        (LunarDay(1, 6, 2025, leap=True), "mùng 1 tháng Sáu nhuận"),
    ],
)
def test_a_lunar_day_is_said_as_people_say_it(lunar: LunarDay, words: str) -> None:
    assert str(lunar) == words


def test_a_year_has_its_name_in_the_cycle_of_sixty() -> None:
    assert LunarDay(1, 1, 2026).year_name == "Bính Ngọ"
    assert LunarDay(1, 1, 1968).year_name == "Mậu Thân"
