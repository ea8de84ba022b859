"""When a festival comes: its rule in words, and its next days as calendar leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from library.calendars.edtf_dates import bounds
from library.calendars.lunar import LunarDay
from library.calendars.rules import VN_LUNAR, DateRule, Occurrence, lunar_day_or_none, next_occurrences
from library.records.profiles import profile
from library.records.profiles.values import stored_values

from ..lists.lines import Line, line
from ..wording import Wording, foreign

if TYPE_CHECKING:
    from library.records.models import Record

YEARLY, AROUND = "yearly", "around"
SHOWN = 3  # leaves on a record's page
Entered = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Today:
    """Today in both calendars."""

    date: date
    words: str
    lunar_day: int | None
    lunar: str
    year_name: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One coming of the festival."""

    start: date
    end: date
    words: str
    weekday: str
    around: bool
    lunar_day: int | None
    lunar: str


@dataclass(frozen=True, slots=True)
class FestivalDays:
    """The rule as it was recorded, and the next days it gives; no leaves where no day can be told."""

    rule: Wording
    lunar_day: int | None
    leaves: list[Leaf]


@dataclass(frozen=True, slots=True)
class Coming:
    """A festival in a list by date."""

    line: Line
    start: date | None
    end: date | None
    around: bool
    days: str
    note: str
    lunar_day: int | None
    rule: Wording

    @property
    def lasts(self) -> int:
        """How many days, 0 where none is known."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is known of a festival's days. The rule is empty where the festival does not come every year: no day is guessed."""

    rule: DateRule
    entered: Entered
    words: Wording
    moon: int | None

    def upcoming(self, after: date, count: int = 1) -> tuple[Occurrence, ...]:
        """The next comings that end on or after a day."""
        return _upcoming(self.rule, after, count, self.entered)


@lru_cache(maxsize=4096)
def _upcoming(rule: DateRule, after: date, count: int, entered: Entered) -> tuple[Occurrence, ...]:
    """Remembered, since every page of the day asks the same."""
    return tuple(next_occurrences(rule, after, count, entered))


def today() -> Today:
    """Today as the home page says it."""
    day = timezone.localdate()
    lunar = lunar_day_or_none(day)
    words = f"{WEEKDAYS[day.weekday()]}, {date_format(day)}"
    return Today(day, words, lunar.day if lunar else None, str(lunar) if lunar else "", lunar.year_name if lunar else "")


def festival_days(record: "Record") -> FestivalDays | None:
    """What the page of a festival says of its days; None for a record without any rule."""
    kept = schedule(record)
    if not kept.words and not kept.entered:
        return None
    return FestivalDays(kept.words, kept.moon, [_leaf(each) for each in kept.upcoming(timezone.localdate(), SHOWN)])


def coming(record: "Record", kept: Schedule, occurrence: Occurrence | None) -> Coming:
    """The line of a festival, fetched by ``queries.for_lines``, with the days given of its schedule."""
    if occurrence is None:
        return Coming(line(record), None, None, True, _("chưa báo"), _("bản làng chọn ngày"), kept.moon, kept.words)
    days, note = _in_short(occurrence)
    around = occurrence.status == AROUND
    return Coming(line(record), occurrence.start, occurrence.end, around, days, note, kept.moon, kept.words)


def schedule(record: "Record") -> Schedule:
    """Reads the rule, the entered days and the words behind the details of a record."""
    stored = stored_values(profile(record.record_type), record.details)
    rule = DateRule.of({"calendar": stored.get("calendar"), **stored.get("date_rule", {})})
    said = stored.get("rule_text", {})
    words = foreign(said.get("text") or str(rule), said.get("lang") or "vi")
    moon = rule.start_day if rule.calendar == VN_LUNAR else None
    yearly = stored.get("cycle", YEARLY) == YEARLY
    return Schedule(rule if yearly else DateRule(), tuple(_entered(stored.get("occurrences", []))), words, moon)


def _entered(items: Iterable[dict[str, Any]]) -> Iterable[tuple[date, date]]:
    for item in items:
        first, last = bounds(item["start"]) if item.get("start") else (None, None)
        if item.get("end"):
            last = bounds(item["end"])[1]
        if first and last:
            yield first, last


def _leaf(occurrence: Occurrence) -> Leaf:
    lunar: LunarDay | None = lunar_day_or_none(occurrence.start)
    words = date_format(occurrence.start)
    if occurrence.end != occurrence.start:
        words = f"{_short(occurrence.start)} – {date_format(occurrence.end)}"
    around = occurrence.status == AROUND
    weekday = _("khoảng") if around else str(WEEKDAYS[occurrence.start.weekday()])
    said = _("%(day)s, năm %(year)s") % {"day": lunar, "year": lunar.year_name} if lunar else ""
    return Leaf(occurrence.start, occurrence.end, words, weekday, around, lunar.day if lunar else None, said)


def _in_short(occurrence: Occurrence) -> tuple[str, str]:
    """The days as in a list, and what stands under them: in season now, around, or the weekday."""
    start, end = occurrence.start, occurrence.end
    if start <= timezone.localdate() and start != end:
        return _("đến %(day)s") % {"day": _short(end)}, _("đang vào mùa")
    first = date_format(start, "j") if start.month == end.month and start != end else _short(start)
    days = first if start == end else f"{first}–{_short(end)}"
    if occurrence.status == AROUND:
        return days, _("khoảng, năm %(year)s") % {"year": end.year}
    return days, f"{WEEKDAYS[start.weekday()]}, {end.year}" if start == end else _("năm %(year)s") % {"year": end.year}


def _short(day: date) -> str:
    """Day and month as a narrow column says them: 5/2, in English 5 Feb."""
    return date_format(day, pgettext("date format", "j/n"))
