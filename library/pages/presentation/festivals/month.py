"""One month of the festival calendar: days of both calendars in weeks, and the festivals on them."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from library.calendars.lunar import LunarDay
from library.calendars.rules import lunar_day_or_none

from .days import ComingFestival

LONG = 6  # days; a season longer than this stands in the list below, not on every day
NEW_MOON, FULL_MOON = 1, 15


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the month with its lunar day in short, a moon on the first and the fifteenth, and what falls on it."""

    date: date
    lunar: str
    moon: int | None
    festivals: list[ComingFestival]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar; a None in a week is a day of another month."""

    first: date
    title: str
    span: str
    weekdays: list[tuple[str, str]]
    weeks: list[list[CalendarDay | None]]
    previous: date | None
    following: date | None


def last_day(first: date) -> date:
    """The last day of the month that begins on ``first``."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month_page(first: date, festivals: Iterable[ComingFestival]) -> Month:
    """The month that begins on ``first`` with the festivals that fall in it."""
    last, short = last_day(first), [festival for festival in festivals if festival.lasts <= LONG]
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return Month(
        first=first,
        title=capfirst(date_format(first, "YEAR_MONTH_FORMAT")),
        span=_span(lunar_day_or_none(first), lunar_day_or_none(last)),
        weekdays=[(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)],
        weeks=[[_day(day, first, short) if day.month == first.month else None for day in week] for week in weeks],
        previous=(first - timedelta(days=1)).replace(day=1),
        following=last + timedelta(days=1),
    )


def _day(day: date, first: date, festivals: list[ComingFestival]) -> CalendarDay:
    lunar = lunar_day_or_none(day)
    return CalendarDay(
        date=day,
        lunar=_in_short(lunar, day == first) if lunar else "",
        moon=lunar.day if lunar and lunar.day in (NEW_MOON, FULL_MOON) else None,
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
