"""When a festival comes: its rule in words, and its next days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from library.calendars.lunar import LunarDay
from library.calendars.rules import (
    GREGORIAN,
    VN_LUNAR,
    DateRule,
    Occurrence,
    lunar_day_or_none,
    next_occurrences,
    occurrences_between,
)
from library.metadata.calendar_file import about_kilobytes
from library.presentation.lists.lines import RecordLine, line
from library.presentation.wording import Wording, foreign
from library.records.festivals.months import LUNAR, SOLAR, months_told
from library.records.festivals.occurrences import last_filled_day
from library.records.festivals.schedules import Schedule, schedule

if TYPE_CHECKING:
    from library.records.models import Record

AROUND, ENTERED = "around", "entered"
CALENDARS = {LUNAR: VN_LUNAR, SOLAR: GREGORIAN}
DAYS_ON_PAGE = 3
NO_BREAK = "\u00a0"
BEFORE_YEAR = re.compile(rf"(?<!năm){NO_BREAK}(?=(?:năm{NO_BREAK})?\d{{4}}$)")


@dataclass(frozen=True, slots=True)
class Today:
    """Today in both calendars."""

    date: date
    words: str
    lunar_day: int | None
    lunar: str
    year_name: str


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """One occurrence of the festival. ``source``: who announced it, where that is recorded."""

    start: date
    end: date
    words: str
    weekday: str
    around: bool
    lunar_day: int | None
    lunar: str
    source: Wording


@dataclass(frozen=True, slots=True)
class FestivalDays:
    """The rule, the words in which it was recorded where these are others, and the next days; no days where the rule gives none.

    ``file_kilobytes``: about what a calendar file of it weighs, 0 where that would be empty.
    """

    rule: Wording
    recorded: Wording
    lunar_day: int | None
    days: list[FestivalDay]
    file_kilobytes: int


@dataclass(frozen=True, slots=True)
class ComingFestival:
    """A festival in a list by date."""

    line: RecordLine
    start: date | None
    end: date | None
    around: bool
    days: str
    note: str
    lunar_day: int | None
    rule: Wording
    calendar: str

    @property
    def line_style(self) -> str:
        """The class that tells its calendar by a line, and whether the days are only about (design language, Calendars)."""
        return " ".join(filter(None, (f"by-{self.calendar}" if self.calendar else "", "about" if self.around else "")))

    @property
    def anchor(self) -> str:
        """The name of its line on the page: a festival may stand there on several days."""
        return f"{self.line.identifier}-{self.start:%m%d}" if self.start else self.line.identifier

    @property
    def whole_days(self) -> str:
        """All its days with their months and years; empty where none are known."""
        return span_in_words(self.start, self.end) if self.start and self.end else ""

    @property
    def lasts(self) -> int:
        """How many days, 0 where none is known."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


def today() -> Today:
    """Today as the home page shows it."""
    day = timezone.localdate()
    lunar = lunar_day_or_none(day)
    words = f"{WEEKDAYS[day.weekday()]}, {date_format(day)}"
    return Today(day, words, lunar.day if lunar else None, str(lunar) if lunar else "", lunar.year_name if lunar else "")


def festival_days(record: "Record") -> FestivalDays | None:
    """What the page of a festival shows of its days; None for a record without any rule."""
    dates = schedule(record)
    if not dates.words and not dates.entered:
        return None
    upcoming = next_occurrences(dates.rule, timezone.localdate(), DAYS_ON_PAGE, dates.entered)
    rule, recorded = _rule(dates), foreign(dates.words, dates.language)
    days = [_festival_day(occurrence, dates.sources.get(occurrence.start, "")) for occurrence in upcoming]
    return FestivalDays(
        rule, recorded if recorded != rule else Wording(""), dates.lunar_day, days, about_kilobytes(_times_in_a_file(dates))
    )


def _times_in_a_file(dates: Schedule) -> int:
    """How many times are computed or entered, not only about, from the beginning of this year."""
    this_year = date(timezone.localdate().year, 1, 1)
    times = occurrences_between(dates.rule, this_year, last_filled_day(), dates.entered)
    return sum(time.status != AROUND and time.start >= this_year for time in times)


def coming_festival(record: "Record", occurrence: Occurrence | None) -> ComingFestival:
    """The line of a festival, fetched by ``queries.festivals.festivals_by_key``, with the days of one occurrence; without: its words."""
    dates = schedule(record)
    if occurrence is None:
        words = _("chưa báo"), _("bản làng chọn ngày")
        return ComingFestival(line(record), None, None, True, *words, dates.lunar_day, _rule(dates), dates.calendar)
    days, note = _in_short(occurrence)
    around = occurrence.status == AROUND
    told = around, days, note, dates.lunar_day, _rule(dates), dates.calendar
    return ComingFestival(line(record), occurrence.start, occurrence.end, *told)


def in_short(occurrence: Occurrence) -> str:
    """The days of an occurrence as in a list, without their year."""
    days, _note = _in_short(occurrence)
    return days


def in_one_phrase(occurrence: Occurrence) -> str:
    """The days of an occurrence with their year, for a line that stands alone."""
    days, _note = _in_short(occurrence)
    words = _("%(days)s/%(year)s") % {"days": days, "year": occurrence.end.year}
    return _("khoảng %(days)s") % {"days": words} if occurrence.status == AROUND else words


def span_in_words(start: date, end: date) -> str:
    """The days in full, day and month on one line, the year on it or on the next: ``6–20 tháng 2 năm 2027``."""
    if (start.year, start.month) == (end.year, end.month):
        days = date_format(end) if start == end else f"{start.day}–{date_format(end)}"
        return _held_together(days)
    first = date_format(start, "MONTH_DAY_FORMAT" if start.year == end.year else "DATE_FORMAT")
    return f"{_held_together(first)} – {_held_together(date_format(end))}"


def _held_together(words: str) -> str:
    """A date that breaks nowhere but before its year: a line may be too short for the whole, and a year never breaks."""
    return BEFORE_YEAR.sub(" ", words.replace(" ", NO_BREAK))


def _rule(dates: Schedule) -> Wording:
    """The recorded words, which count more than the numbers. Who does not read their language gets the numbers, else the months that the
    words name, where there are any."""
    recorded = foreign(dates.words, dates.language)
    if not recorded.language:
        return recorded
    said = dates.numbers or _months(months_told(dates.rule, dates.words))
    return Wording(said) if said else recorded


def _months(told: Iterable[str]) -> str:
    """Months as ``months_told`` writes them, in words of the reader's language: ``around the 9th lunar month, the 10th lunar month``."""
    months = (month.partition("-") for month in told)
    span = ", ".join(str(DateRule(CALENDARS[calendar], int(number))) for calendar, _hyphen, number in months)
    return _("khoảng %(span)s") % {"span": span} if span else ""


def _festival_day(occurrence: Occurrence, source: str) -> FestivalDay:
    lunar: LunarDay | None = lunar_day_or_none(occurrence.start)
    around = occurrence.status == AROUND
    weekday = _("khoảng") if around else str(WEEKDAYS[occurrence.start.weekday()])
    lunar_words = _("%(day)s, năm %(year)s") % {"day": lunar, "year": lunar.year_name} if lunar else ""
    return FestivalDay(
        occurrence.start,
        occurrence.end,
        span_in_words(occurrence.start, occurrence.end),
        weekday,
        around,
        lunar.day if lunar else None,
        lunar_words,
        foreign(source if occurrence.status == ENTERED else "", "vi"),
    )


def _in_short(occurrence: Occurrence) -> tuple[str, str]:
    """The days as in a list, and the note under them: in season now, over, around, or the weekday."""
    start, end = occurrence.start, occurrence.end
    if start <= timezone.localdate() <= end and start != end:
        return _("đến %(day)s") % {"day": _short(end)}, _("đang vào mùa")
    first = date_format(start, "j") if start.month == end.month and start != end else _short(start)
    days = first if start == end else f"{first}–{_short(end)}"
    if end < timezone.localdate():
        return days, _("đã qua, năm %(year)s") % {"year": end.year}
    if occurrence.status == ENTERED:
        return days, _("đã báo, năm %(year)s") % {"year": end.year}
    if occurrence.status == AROUND:
        return days, _("khoảng, năm %(year)s") % {"year": end.year}
    return days, f"{WEEKDAYS[start.weekday()]}, {end.year}" if start == end else _("năm %(year)s") % {"year": end.year}


def _short(day: date) -> str:
    """Day and month as a narrow column shows them: 5/2, in English 5 Feb."""
    return date_format(day, pgettext("date format", "j/n"))
