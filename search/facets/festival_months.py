"""The months in which a festival has a day: by its rule in its own calendar, by its known days, else as its words name them."""

from collections.abc import Iterator
from datetime import date

from library.calendars.rules import GREGORIAN, VN_LUNAR, DateRule, occurrences_between
from library.records.festivals.occurrences import first_known_day, last_filled_day
from library.records.festivals.schedules import festival_types, schedule
from library.records.models import Record

from ..understanding import EmptyLexicon, NameAuthority, understand
from ..understanding.conditions.times import dated_month, lunar_month, months_named, solar_month

YEAR = 12  # months
NO_NAMES = NameAuthority([])


def months_of_festival(record: Record) -> list[str]:
    """Values such as ``lunar-1``, ``solar-4`` and ``2027-02``; none of what is no festival."""
    if record.record_type not in festival_types():
        return []
    told = schedule(record)
    return list(dict.fromkeys([*_by_rule(told.rule), *_by_days(told.rule, told.entered), *_by_words(told.rule, told.words)]))


def _by_rule(rule: DateRule) -> Iterator[str]:
    value_of = {VN_LUNAR: lunar_month, GREGORIAN: solar_month}.get(rule.calendar)
    if value_of and rule.start_month:
        length = ((rule.end_month or rule.start_month) - rule.start_month) % YEAR
        yield from (value_of((rule.start_month - 1 + ahead) % YEAR + 1).value for ahead in range(length + 1))


def _by_days(rule: DateRule, entered: tuple[tuple[date, date], ...]) -> Iterator[str]:
    for occurrence in occurrences_between(rule, first_known_day(), last_filled_day(), entered):
        first, last = (day.year * YEAR + day.month - 1 for day in (occurrence.start, occurrence.end))
        yield from (dated_month(month // YEAR, month % YEAR + 1).value for month in range(first, last + 1))


def _by_words(rule: DateRule, words: str) -> Iterator[str]:
    """A month that is written in words is a lunar one, unless the words speak of the Gregorian calendar or the rule follows it."""
    if rule.start_month:
        return
    reading = understand(words, EmptyLexicon(), NO_NAMES)
    for lunar, month in months_named(reading):
        by_sun = rule.calendar == GREGORIAN or (rule.calendar != VN_LUNAR and "dương lịch" in words)
        yield (lunar_month if lunar and not by_sun else solar_month)(month).value
