"""The months in which a festival has a day: those that it is told to fall in, by its rule or its words, and those of its known days."""

from collections.abc import Iterator
from datetime import date

from library.calendars.rules import DateRule, occurrences_between
from library.records.festivals.months import months_told
from library.records.festivals.occurrences import first_known_day, last_filled_day
from library.records.festivals.schedules import festival_types, schedule
from library.records.models import Record

from ..understanding.conditions.times import dated_month

YEAR = 12  # months


def months_of_festival(record: Record) -> list[str]:
    """Values such as ``lunar-1``, ``solar-4`` and ``2027-02``; none of what is no festival."""
    if record.record_type not in festival_types():
        return []
    told = schedule(record)
    return list(dict.fromkeys([*months_told(told.rule, told.words), *_by_days(told.rule, told.entered)]))


def _by_days(rule: DateRule, entered: tuple[tuple[date, date], ...]) -> Iterator[str]:
    for occurrence in occurrences_between(rule, first_known_day(), last_filled_day(), entered):
        first, last = (day.year * YEAR + day.month - 1 for day in (occurrence.start, occurrence.end))
        yield from (dated_month(month // YEAR, month % YEAR + 1).value for month in range(first, last + 1))
