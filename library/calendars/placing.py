"""Where an uncertain date (EDTF) stands in a timeline, and on which days of a year its day comes round again."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .day_numbers import OPEN, historical_year, year_of
from .edtf_dates import span
from .lunar import LAST_DAY, LunarDay
from .rules import lunar_day_or_none

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
OPEN_ENDS = ("", "..")
YEARS = 100


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a date: where it begins, or where it ends if nobody knows when it began.

    ``year``: as people count, negative before our era; None where the date does not say it. ``century``: likewise; 19 has the years 1800
    to 1899, as EDTF has it (18XX). ``first_day``: number of the first day that the place may mean. ``begins_on``, ``ends_on``: the days of
    the year, as ``anniversaries`` writes them, where the date says them; empty where it does not.
    """

    century: int
    year: int | None
    first_day: int
    begins_on: str
    ends_on: str


def place_of(text: str, lunar: bool = False) -> Place | None:
    """The place of a date; None where it has neither a beginning nor an end. ``lunar``: its day was said by the lunar calendar.

    Raises ValueError when it is not EDTF.
    """
    first, slash, last = text.partition("/")
    told = last if first in OPEN_ENDS else first
    if told in OPEN_ENDS:
        return None
    days = [number for number in span(told) if abs(number) != OPEN]
    years = {historical_year(year_of(number)) for number in (days[0], days[-1])}
    year = years.pop() if len(years) == 1 else None
    century = century_of(historical_year(year_of(days[0])))
    if lunar and slash:  # a lunar month, whose first and last day nobody said
        return Place(century, year, days[0], "", "")
    return Place(century, year, days[0], _day_of_year(first, lunar), _day_of_year(last, lunar))


def century_of(year: int) -> int:
    """The century of a year as people count: 19 for 1800 and 1899, −5 for the years 500 to 401 BC."""
    return year // YEARS + 1 if year > 0 else -((-year - 1) // YEARS + 1)


def anniversaries(day: date) -> list[str]:
    """The days of the year that a date is, in both calendars: ``solar-6-22``, ``lunar-3-10``.

    A leap month repeats no anniversary, and where a month ends with its 29th day that of the 30th falls on it.
    """
    found, lunar = [_solar(day)], lunar_day_or_none(day)
    if lunar is None or lunar.leap:
        return found
    found.append(_lunar(lunar.month, lunar.day))
    tomorrow = lunar_day_or_none(day + timedelta(days=1))
    if tomorrow is not None and tomorrow.day == 1 and lunar.day < LAST_DAY:
        found.append(_lunar(lunar.month, LAST_DAY))
    return found


def _day_of_year(text: str, lunar: bool) -> str:
    """The day of the year of a plain day; empty for what is no day, or an uncertain one, or has no lunar day that is known."""
    if not DAY.fullmatch(text):
        return ""
    day = date.fromisoformat(text)
    if not lunar:
        return _solar(day)
    known: LunarDay | None = lunar_day_or_none(day)
    return _lunar(known.month, known.day) if known else ""


def _solar(day: date) -> str:
    return f"solar-{day.month}-{day.day}"


def _lunar(month: int, day: int) -> str:
    return f"lunar-{month}-{day}"
