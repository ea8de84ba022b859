"""The months that a festival is told to fall in, where its rule has no day: by the numbers of the rule, else as its words name them.

A month is written ``lunar-1`` or ``solar-4``.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from library.calendars.lunar import MONTH_WORDS
from library.calendars.rules import GREGORIAN, VN_LUNAR, DateRule, lunar_day_or_none

LUNAR, SOLAR = "lunar", "solar"
YEAR = 12  # months
NUMBER = {name.lower(): number for number, name in enumerate(MONTH_WORDS, start=1)} | {"mười hai": 12}
WRITTEN = "|".join(sorted((*MONTH_WORDS, "Mười hai"), key=len, reverse=True))
FIRST = rf"(?:(?i:{WRITTEN})|1[0-2]|[1-9])\b"
NEXT = rf"\s*(?:,|-|–|hoặc|đến)\s*(?:tháng {FIRST}|(?:{WRITTEN}|1[0-2]|[1-9])\b)"  # "tháng Chín, Mười": with a capital, or again "tháng"
NAMED = re.compile(rf"(?i:tháng) ({FIRST}(?:{NEXT})*)(?! lịch (?:Chăm|Khmer|Hồi))")
ONE = re.compile(rf"(?P<until>[-–]|đến)?\s*(?:tháng )?(?P<name>{FIRST})")


def months_told(rule: DateRule, words: str) -> tuple[str, ...]:
    """The months of the rule, else those that the words name, in their order; empty where there are none.

    A month in words is a lunar one, unless the words speak of the Gregorian calendar or the rule follows it.
    """
    calendar = {VN_LUNAR: LUNAR, GREGORIAN: SOLAR}.get(rule.calendar)
    if calendar and rule.start_month:
        return tuple(f"{calendar}-{month}" for month in _from_to(rule.start_month, rule.end_month or rule.start_month))
    by_sun = rule.calendar == GREGORIAN or (rule.calendar != VN_LUNAR and "dương lịch" in words)
    return tuple(f"{SOLAR if by_sun else LUNAR}-{month}" for month in dict.fromkeys(_named(words)))


def months_within(first: date, last: date) -> frozenset[str]:
    """The months of both calendars that have a day from ``first`` to ``last``, days of one Gregorian month."""
    lunar = (lunar_day_or_none(day) for day in (first, last))
    return frozenset({f"{SOLAR}-{first.month}", *(f"{LUNAR}-{day.month}" for day in lunar if day)})


def place_in_year(months: Iterable[str]) -> int:
    """Where a festival stands in a list by season: the Gregorian month of the first it is told to fall in, behind all for none."""
    for told in months:
        calendar, _hyphen, number = told.partition("-")
        return int(number) if calendar == SOLAR else int(number) % YEAR + 1  # the first lunar month begins in January or February
    return YEAR + 1


def _named(words: str) -> Iterator[int]:
    for match in NAMED.finditer(words):
        last = 0
        for each in ONE.finditer(match[1]):
            month = NUMBER.get(each["name"].lower()) or int(each["name"])
            yield from _from_to(last, month) if each["until"] and last else (month,)
            last = month


def _from_to(first: int, last: int) -> Iterator[int]:
    return ((first - 1 + ahead) % YEAR + 1 for ahead in range((last - first) % YEAR + 1))
