"""What an address of the festival calendar asks for: a month or a year, perhaps a day of the month, perhaps one province."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from library.calendars.lunar import FIRST_YEAR, LAST_YEAR
from library.presentation.authorities import province_of
from library.records.festivals.occurrences import first_known_day, last_known_day
from library.vocabularies.models import AdminUnit

from ...presentation.festivals.month import last_day

YEAR, MONTH = re.compile(r"\d{4}"), re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
DAY = re.compile(r"[1-9]|[12]\d|3[01]")
FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """What the address asks for: a month, perhaps one day of it, perhaps one province."""

    first: date
    day: date | None
    province: AdminUnit | None

    @property
    def last(self) -> date:
        """The last day of the month."""
        return last_day(self.first)

    @property
    def listed(self) -> tuple[date, date]:
        """The first and the last day whose festivals are listed."""
        return (self.day, self.day) if self.day else (self.first, self.last)

    @property
    def year(self) -> tuple[date, date]:
        """The first and the last day of the year of the month."""
        return date(self.first.year, 1, 1), date(self.first.year, 12, 31)

    @property
    def years_around(self) -> list[int]:
        """The year before and the year after, where the calendar has them."""
        year = self.first.year
        return [each for each in (year - 1, year + 1) if first_known_day().year <= each <= last_known_day().year]

    @property
    def place_query(self) -> str:
        """The part of an address that keeps the province."""
        return f"&tinh={self.province.slug}" if self.province else ""

    @property
    def known(self) -> bool:
        """Whether the days of festivals are known for the month."""
        return self.last >= first_known_day() and self.first <= last_known_day()


def period_of(request: HttpRequest) -> Period:
    """The period of the address. Raises Http404 for what no calendar has."""
    first = _first_day(request.GET.get("thang", ""), request.GET.get("nam", ""))
    return Period(first, _day(first, request.GET.get("ngay", "")), province_of(request.GET.get("tinh", "")))


def _first_day(month: str, year: str = "") -> date:
    """The first day of the month, or of the year, that the address names, else of the current month."""
    if YEAR.fullmatch(year) and not month:
        return _first_day(f"{year}-01")
    if not month and not year:
        return timezone.localdate().replace(day=1)
    match = MONTH.fullmatch(month)
    first = date(int(match[1]), int(match[2]), 1) if match and int(match[1]) else None
    if first is None or not FIRST <= first <= LAST:
        raise Http404(_("Lịch không có tháng này."))
    return first


def _day(first: date, day: str) -> date | None:
    """The day of the month that the address names; None where it names none."""
    if not day:
        return None
    if not DAY.fullmatch(day) or int(day) > calendar.monthrange(first.year, first.month)[1]:
        raise Http404(_("Lịch không có ngày này."))
    return first.replace(day=int(day))
