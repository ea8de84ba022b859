"""Working days of state offices: no Saturday, no Sunday, no public holiday, no day off in place of a holiday on a weekend.

Source: Labour Code 45/2019/QH14, article 112 (the holidays) and article 111, paragraph 3 (a holiday on a weekly day off moves to the next
working day). Which days beside Tết and 2 September are free is decided every year; the table has the days of the usual decision: the last
day of the old lunar year and the first four of the new one; 2 September and the day before. 24 November is free since 2026 (Resolution
80-NQ/TW of 7 January 2026). Where a year's decision differs, a due date differs by a day at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from .lunar import LunarDay, NotComputableError, solar_day

SATURDAY = 5  # as date.weekday() counts


@dataclass(frozen=True, slots=True)
class Holiday:
    """Free days of every year: the first one and how many. ``since``: the first year in which they are free."""

    month: int
    day: int
    lunar: bool = False
    days: int = 1
    before: int = 0  # days before the named one that are free, too
    since: int = 0


HOLIDAYS = (
    Holiday(1, 1),  # New Year
    Holiday(1, 1, lunar=True, days=4, before=1),  # Tết
    Holiday(3, 10, lunar=True, since=2007),  # death day of the Hùng kings
    Holiday(4, 30),  # reunification
    Holiday(5, 1),  # Labour Day
    Holiday(9, 2, before=1),  # National Day
    Holiday(11, 24, since=2026),  # day of the culture of Vietnam
)


def is_working_day(day: date) -> bool:
    """Whether state offices work on this day."""
    return day.weekday() < SATURDAY and day not in _free_days(day.year)


def after_working_days(start: date, number: int) -> date:
    """The last of the ``number`` working days that follow the day ``start``."""
    day = start
    for _day in range(number):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after ``first``, up to and with ``last``; 0 when ``last`` is not later."""
    return sum(is_working_day(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))


@cache
def _free_days(year: int) -> frozenset[date]:
    """The holidays of the year and the days off in their place."""
    named = set(_holidays(year))
    free = set(named)
    for day in sorted(named):
        if day.weekday() >= SATURDAY:
            moved = day
            while moved.weekday() >= SATURDAY or moved in free:
                moved += timedelta(days=1)
            free.add(moved)
    return frozenset(free)


def _holidays(year: int) -> Iterator[date]:
    for holiday in HOLIDAYS:
        first = _first_day(holiday, year) if year >= holiday.since else None
        if first:
            yield from (first + timedelta(days=number) for number in range(-holiday.before, holiday.days))


def _first_day(holiday: Holiday, year: int) -> date | None:
    """None where the lunar calendar is not computed."""
    if not holiday.lunar:
        return date(year, holiday.month, holiday.day)
    try:
        return solar_day(LunarDay(holiday.day, holiday.month, year))
    except NotComputableError:
        return None
