"""When a festival is held: its recorded rule, the errors in a rule, and the days that follow from it.

The recorded words count more than the numbers. No day is guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .lunar import LAST_DAY, LunarDay, NotComputableError, day_name, lunar_day, month_name, solar_day

VN_LUNAR, GREGORIAN = "vn-lunar", "gregorian"
COMPUTABLE = (VN_LUNAR, GREGORIAN)
CHAM, KHMER, ISLAMIC = "cham", "khmer", "islamic"  # their dates are entered each year; seasonal ones are words only
MAX_DAY = {VN_LUNAR: LAST_DAY, GREGORIAN: 31}
NUMBERS = ("start_month", "start_day", "end_month", "end_day")
Status = Literal["computed", "entered", "around"]


@dataclass(frozen=True, slots=True)
class DateRule:
    """A calendar rule as a profile stores it (handbook, section 8): numbers where they are known, the wording always."""

    calendar: str = ""
    start_month: int | None = None
    start_day: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    around: bool = False
    words: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "DateRule":
        """The rule of a stored value; parts that are missing or empty are unknown."""
        numbers = {name: int(stored[name]) for name in NUMBERS if stored.get(name) not in (None, "")}
        return cls(stored.get("calendar") or "", **numbers, around=bool(stored.get("around")), words=stored.get("words") or "")

    @property
    def dated(self) -> bool:
        """Whether days can be computed from the rule."""
        return self.calendar in COMPUTABLE and bool(self.start_month and self.start_day)

    def __str__(self) -> str:
        """The recorded words; where there are none, the numbers written in words."""
        return self.words or self.in_numbers

    @property
    def in_numbers(self) -> str:
        """The numbers written in words of the reader's language: ``mùng 8 đến mùng 10 tháng Giêng``; empty where there are none."""
        if not self.start_month:
            return ""
        start = self._in_words(self.start_month, self.start_day)
        end = self._in_words(self.end_month, self.end_day) if self.end_month else start
        if end == start:
            span = start
        elif self._is_within_a_lunar_month:
            span = _("%(first)s đến %(end)s") % {"first": day_name(self.start_day or 1), "end": end}
        else:
            span = _("%(start)s đến %(end)s") % {"start": start, "end": end}
        return _("khoảng %(span)s") % {"span": span} if self.around else span

    @property
    def _is_within_a_lunar_month(self) -> bool:
        return self.calendar == VN_LUNAR and self.start_month == self.end_month and bool(self.start_day and self.end_day)

    def _in_words(self, month: int, day: int | None) -> str:
        if self.calendar == GREGORIAN:
            return _gregorian(month, day)
        if self.calendar in calendar_names():
            words = {"month": month, "calendar": calendar_names()[self.calendar]}
            if not day:
                return _("tháng %(month)s %(calendar)s") % words
            return _("%(day)s tháng %(month)s %(calendar)s") % {"day": day_name(day), **words}
        return str(LunarDay(day, month, 0)) if day else month_name(month)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of a festival: first and last day, and how they are known.

    ``computed`` from the rule, ``entered`` by a person, or ``around``: about these days. ``around`` never goes to iCal or schema.org.
    """

    start: date
    end: date
    status: Status


def calendar_names() -> dict[str, str]:
    """The calendars that are not computed, as they follow a month: their days are entered by staff (handbook, section 6)."""
    return {CHAM: _("lịch Chăm"), KHMER: _("lịch Khmer"), ISLAMIC: _("lịch Hồi giáo")}


def _gregorian(month: int, day: int | None) -> str:
    """``19 tháng 4``, ``tháng 4 dương lịch``; in English ``19 April``, ``April``."""
    example = date(2000, month, day or 1)  # a year that has every day
    if day:
        return date_format(example, "MONTH_DAY_FORMAT")
    return _("tháng %(month)s dương lịch") % {"month": date_format(example, pgettext("date format", "n"))}


def errors(rule: DateRule) -> dict[str, str]:
    """Name of a part → message, for each part of the rule that is wrong; empty when the rule can be stored."""
    messages: dict[str, str] = {}
    for name in ("start_month", "end_month"):
        month = getattr(rule, name)
        if month is not None and not 1 <= month <= 12:
            messages[name] = _("Tháng từ 1 đến 12.")
    highest = MAX_DAY.get(rule.calendar, 31)
    for name in ("start_day", "end_day"):
        day = getattr(rule, name)
        if day is not None and not 1 <= day <= highest:
            messages[name] = _("Ngày từ 1 đến %(highest)s.") % {"highest": highest}
        if day is not None and getattr(rule, name.replace("day", "month")) is None:
            messages[name] = _("Có ngày thì phải có tháng.")
    if rule.end_month and not rule.start_month:
        messages["end_month"] = _("Có ngày kết thúc thì phải có ngày bắt đầu.")
    if rule.start_month and not rule.calendar:
        messages["calendar"] = _("Hãy chọn lịch.")
    return messages


def next_occurrences(rule: DateRule, after: date, count: int = 1, entered: Iterable[tuple[date, date]] = ()) -> list[Occurrence]:
    """The next ``count`` occurrences that end on or after a day. An entered date replaces the computed one of its year.

    An empty list means "date not yet announced". A rule that is marked ``around`` gives occurrences with that status.
    """
    future = [occurrence for occurrence in _in_order(rule, after.year, after.year + count, entered) if occurrence.end >= after]
    return future[:count]


def occurrences_between(rule: DateRule, first: date, last: date, entered: Iterable[tuple[date, date]] = ()) -> list[Occurrence]:
    """All occurrences with a day from ``first`` to ``last``. An entered date replaces the computed one of its year."""
    return [each for each in _in_order(rule, first.year, last.year, entered) if each.start <= last and each.end >= first]


def _in_order(rule: DateRule, first_year: int, last_year: int, entered: Iterable[tuple[date, date]]) -> list[Occurrence]:
    announced = [Occurrence(start, end, "entered") for start, end in entered]
    announced_years = {occurrence.start.year for occurrence in announced}
    computed = [each for each in _computed(rule, first_year, last_year) if each.start.year not in announced_years]
    return sorted(announced + computed, key=lambda occurrence: occurrence.start)


def _computed(rule: DateRule, first_year: int, last_year: int) -> Iterator[Occurrence]:
    if not rule.dated:
        return
    # A rule that began last year may still run (16/10 to 15/1), and a lunar year begins in January or February.
    for year in range(first_year - 2, last_year + 2):
        try:
            yield _in_year(rule, year)
        except NotComputableError:
            continue


def _in_year(rule: DateRule, year: int) -> Occurrence:
    assert rule.start_month and rule.start_day
    start = _date(rule.calendar, year, rule.start_month, rule.start_day)
    end = _date(rule.calendar, year, rule.end_month or rule.start_month, rule.end_day or rule.start_day)
    if end < start:
        end = _date(rule.calendar, year + 1, rule.end_month or rule.start_month, rule.end_day or rule.start_day)
    return Occurrence(start, end, "around" if rule.around else "computed")


@lru_cache(maxsize=8_000)  # the days of some twenty years in both calendars: many festivals share them
def _date(calendar: str, year: int, month: int, day: int) -> date:
    if calendar == VN_LUNAR:
        return solar_day(LunarDay(day, month, year))  # the regular month, never the leap month
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotComputableError(str(error)) from error


def lunar_day_or_none(day: date) -> LunarDay | None:
    """The lunar day of a date, None outside the years that are computed (1945-2071)."""
    try:
        return lunar_day(day)
    except NotComputableError:
        return None
