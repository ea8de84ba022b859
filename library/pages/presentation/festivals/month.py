"""One month of the festival calendar: days of both calendars in weeks, and the festivals on them."""

import calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from library.calendars.lunar import LunarDay
from library.calendars.rules import lunar_day_or_none

from .days import ComingFestival

Span = tuple[date, date, int]
LONG = 6  # days; a season longer than this stands in the list below, not on every day
NEW_MOON, FULL_MOON = 1, 15


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the month with its lunar day in short, a moon on the first and the fifteenth, and what falls on it.

    In a month of too many festivals to name, ``festivals`` is empty and only ``count`` tells.
    """

    date: date
    lunar: str
    moon: int | None
    count: int
    festivals: list[ComingFestival]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar; a None in a week is a day of another month. ``long`` are the seasons that stand on no single day."""

    first: date
    title: str
    name: str
    span: str
    weekdays: list[tuple[str, str]]
    weeks: list[list[CalendarDay | None]]
    long: list[ComingFestival]
    previous: date | None
    following: date | None

    @property
    def named(self) -> bool:
        """Whether the grid names every festival of the month, so that it needs no list beside it on paper."""
        return not any(day and day.count != len(day.festivals) for week in self.weeks for day in week)


def last_day(first: date) -> date:
    """The last day of the month that begins on ``first``."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month_page(first: date, spans: Iterable[Span], festivals: Iterable[ComingFestival]) -> Month:
    """The month that begins on ``first``: how many festivals fall on each day, and which; ``festivals`` is empty where they are too many.

    ``spans``: first day, last day and number of the festivals of the month.
    """
    last, festivals = last_day(first), list(festivals)
    short = [festival for festival in festivals if festival.lasts <= LONG]
    counts = _by_day(first, last, spans)
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return Month(
        first=first,
        title=capfirst(date_format(first, "YEAR_MONTH_FORMAT")),
        name=capfirst(date_format(first, pgettext("date format", r"\t\há\n\g n"))),
        span=_span(lunar_day_or_none(first), lunar_day_or_none(last)),
        weekdays=[(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)],
        weeks=[[_day(day, first, counts[day], short) if day.month == first.month else None for day in week] for week in weeks],
        long=[festival for festival in festivals if festival.lasts > LONG],
        previous=(first - timedelta(days=1)).replace(day=1),
        following=last + timedelta(days=1),
    )


def year_page(first: date, spans: Iterable[Span]) -> list[Month]:
    """The twelve months of the year that begins on ``first``, without the names of the festivals."""
    all_spans = list(spans)
    return [month_page(first.replace(month=month), all_spans, ()) for month in range(1, 13)]


def _by_day(first: date, last: date, spans: Iterable[Span]) -> Counter[date]:
    """Day → number of the festivals on it, without the long seasons."""
    counts: Counter[date] = Counter()
    for start, end, number in spans:
        if (end - start).days < LONG:
            for day in range(max(start, first).toordinal(), min(end, last).toordinal() + 1):
                counts[date.fromordinal(day)] += number
    return counts


def _day(day: date, first: date, count: int, festivals: list[ComingFestival]) -> CalendarDay:
    lunar = lunar_day_or_none(day)
    return CalendarDay(
        date=day,
        lunar=_in_short(lunar, day == first) if lunar else "",
        moon=lunar.day if lunar and lunar.day in (NEW_MOON, FULL_MOON) else None,
        count=count,
        festivals=[festival for festival in festivals if festival.start and festival.end and festival.start <= day <= festival.end],
    )


def _in_short(lunar: LunarDay, with_month: bool) -> str:
    return f"{lunar.day}/{lunar.month}" if with_month or lunar.day == NEW_MOON else str(lunar.day)


def _span(first: LunarDay | None, last: LunarDay | None) -> str:
    if first is None or last is None:
        return ""
    words = {"first": first, "first_year": first.year_name, "last": last, "last_year": last.year_name}
    if first.year == last.year:
        return _("Từ %(first)s đến %(last)s năm %(last_year)s") % words
    return _("Từ %(first)s năm %(first_year)s đến %(last)s năm %(last_year)s") % words
