"""Working days leave out weekends, the holidays of the Labour Code and the days off in their place."""

from datetime import date, timedelta

import pytest

from library.calendars.working_days import after_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 2, 16),  # the last day of the year of the Snake
        date(2026, 2, 17),  # the first day of the year of the Horse
        date(2026, 2, 20),
        date(2026, 4, 27),  # the death day of the Hùng kings falls on Sunday 26 April
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 11, 24),
        date(2027, 5, 3),  # 1 May 2027 is a Saturday
        date(2026, 11, 28),
        date(2026, 11, 29),
    ],
)
def test_a_free_day_is_no_working_day(day: date):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 2, 23), date(2025, 11, 24), date(2026, 11, 25), date(2026, 9, 3)])
def test_the_days_beside_are_worked(day: date):
    assert is_working_day(day)


def test_a_due_date_goes_over_tet():
    assert after_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)  # from the Friday before to the Monday after
    assert after_working_days(date(2026, 11, 26), 5) == date(2026, 12, 3)


@pytest.mark.parametrize("year", [1930, 2200])
def test_years_without_a_lunar_calendar_have_the_other_holidays(year: int):
    assert not is_working_day(date(year, 9, 2))
    assert after_working_days(date(year, 8, 1), 3) > date(year, 8, 1)


def test_counting_is_the_reverse_of_adding():
    for offset in range(0, 400, 7):
        start = date(2026, 1, 1) + timedelta(days=offset)
        assert working_days_between(start, after_working_days(start, 5)) == 5
    assert working_days_between(date(2026, 3, 5), date(2026, 3, 1)) == 0
