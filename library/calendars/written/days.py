"""The days of a written time as EDTF: wrong days are asked about, lunar days become days of our calendar where they can be computed."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ..day_numbers import historical_year
from ..edtf_dates import year_words
from ..lunar import FIRST_YEAR, LAST_DAY, LAST_YEAR, LunarDay, lunar_day, month_name, solar_day
from .points import Point, edtf_year
from .text import Marks, UnclearDateError

PART_OF_YEAR = re.compile(r"-(?:2[1-9]|3[0-9]|4[01])$")  # seasons, quarters …: EDTF lets no mark stand beside them


@dataclass(frozen=True, slots=True)
class Times:
    """EDTF of the beginning and of the end, which are mostly the same; and the lunar day in words, where it was one."""

    first: str
    last: str
    lunar_words: str = ""

    @property
    def edtf(self) -> str:
        """One EDTF date, or an interval."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"


def times_of(point: Point, marks: Marks) -> Times:
    """The days of a written time. Raises UnclearDateError for a day that does not exist, and where nobody can say by which calendar."""
    if point.edtf:
        first, slash, last = point.edtf.partition("/")
        ends = [end if PART_OF_YEAR.search(end) or end.endswith("~") else end + marks.sign for end in (first, last)]
        return Times(ends[0], ends[1] if slash else ends[0])
    lunar = point.lunar if marks.lunar is None else marks.lunar
    if point.month and lunar:
        return _lunar_times(point, marks)
    if point.doubtful and marks.lunar is None:
        written = {"date": f"{point.day}/{point.month}/{historical_year(point.year)}"}
        choices = (_("%(date)s âm lịch") % written, _("%(date)s dương lịch") % written)
        raise UnclearDateError(_("Ngày này là âm lịch hay dương lịch?"), choices)
    edtf = _solar(point) + marks.sign
    return Times(edtf, edtf)


def _solar(point: Point) -> str:
    year, month, day = edtf_year(point.year), point.month, point.day
    if not month:
        return year
    if month > 12:
        _refuse_month(point)
    if not day:
        return f"{year}-{month:02}"
    length = _length(point.year, month)
    if not 1 <= day <= length:
        _refuse_day(point, length)
    return f"{year}-{month:02}-{day:02}"


def _refuse_month(point: Point) -> None:
    year = historical_year(point.year)
    swapped = (f"{point.month}/{point.day}/{year}",) if 1 <= point.day <= 12 and point.month <= _length(point.year, point.day) else ()
    raise UnclearDateError(_("Không có tháng %(month)s. Ngày ghi trước, tháng ghi sau.") % {"month": point.month}, swapped)


def _refuse_day(point: Point, length: int) -> None:
    year, month = historical_year(point.year), point.month
    after = (1, month + 1, year) if month < 12 else (1, 1, year + 1)
    choices = ("/".join(map(str, (length, month, year))), "/".join(map(str, after))) if point.day == length + 1 else ()
    sentence = _("Tháng %(month)s năm %(year)s chỉ có %(days)s ngày.") % {"month": month, "year": year, "days": length}
    raise UnclearDateError(sentence, choices)


def _length(year: int, month: int) -> int:
    return monthrange(year % 400 + 400, month)[1]


def _lunar_times(point: Point, marks: Marks) -> Times:
    """The days of a lunar day or month. Outside the years that are computed, only the year is known."""
    if point.month > 12:
        raise UnclearDateError(_("Không có tháng %(month)s. Ngày ghi trước, tháng ghi sau.") % {"month": point.month})
    words = _("%(day)s năm %(year)s âm lịch") % {"day": _lunar_words(point), "year": year_words(historical_year(point.year))}
    if not FIRST_YEAR < point.year < LAST_YEAR:
        first, last = edtf_year(point.year), edtf_year(point.year + (point.month > 10))  # a lunar year ends in the next year of ours
        return Times(first + marks.sign, last + marks.sign, words)
    first_day = solar_day(LunarDay(point.day or 1, point.month, point.year, point.leap))
    if point.day == LAST_DAY and lunar_day(first_day).day != LAST_DAY:
        raise UnclearDateError(_("Tháng này chỉ có 29 ngày."))
    last_day = first_day if point.day else _last_of_month(first_day)
    return Times(first_day.isoformat() + marks.sign, last_day.isoformat() + marks.sign, words)


def _lunar_words(point: Point) -> str:
    if point.day:
        return str(LunarDay(point.day, point.month, point.year, point.leap))
    return _("%(month)s nhuận") % {"month": month_name(point.month)} if point.leap else month_name(point.month)


def _last_of_month(first: date) -> date:
    thirtieth = first + timedelta(days=29)
    return thirtieth if lunar_day(thirtieth).day == LAST_DAY else first + timedelta(days=28)
