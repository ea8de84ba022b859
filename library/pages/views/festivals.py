"""The festival calendar, month by month, and the festivals that come next."""

import calendar
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from library.access import Viewer
from library.calendars.lunar import FIRST_YEAR, LAST_YEAR
from library.calendars.rules import Occurrence
from library.presentation import queries
from library.presentation.authorities import province_of, provinces_by_name
from library.records.festivals.occurrences import first_known_day, last_known_day
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit

from ..paging import PAGE_SIZE, page_of
from ..presentation.festivals.days import ComingFestival, coming_festival
from ..presentation.festivals.month import Span, last_day, month_page
from ..queries import festivals as festival_queries
from ..queries.narrowing import in_province
from .public_view import public_page, request_viewer

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
DAY = re.compile(r"[1-9]|[12]\d|3[01]")
FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
NAMED = 40  # festivals that the grid of a month names and its page lists; of more the grid tells the number
BY_WORDS = 12  # festivals known by words only that a month shows
WORDS = "loi"  # the part of the calendar that lists all of these


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
    def place_query(self) -> str:
        """The part of an address that keeps the province."""
        return f"&tinh={self.province.slug}" if self.province else ""

    @property
    def known(self) -> bool:
        """Whether the days of festivals are known for the month."""
        return self.last >= first_known_day() and self.first <= last_known_day()


@public_page
def festival_calendar(request: HttpRequest) -> HttpResponse:
    """One month: a grid with both calendars, the festivals in it or on one of its days, and those known by words only."""
    period = _period(request)
    viewer = request_viewer(request)
    if request.GET.get("xem") == WORDS:
        return _known_by_words(request, viewer, period)
    visible = queries.visible_records(viewer)
    records = in_province(visible, period.province, walk=True) if period.province else visible
    dated = records if period.known else records.none()  # rows beyond are not those of all festivals
    spans = festival_queries.spans_in(dated, period.first, period.last)
    crowded = _number_in(spans, period.first, period.last) > NAMED
    listed = festival_queries.occurrences_in(dated, *period.listed)
    page = page_of(listed, request, PAGE_SIZE if crowded else NAMED, total=_number_in(spans, *period.listed))
    undated = festival_queries.known_by_words(viewer, period.province)
    occurrences = [festival_queries.occurrence_of(row) for row in page.object_list]
    agenda, by_words = _lines(viewer, occurrences, undated[:BY_WORDS])
    return render(
        request,
        "festivals/calendar.html",
        {
            "month": month_page(period.first, spans, [] if crowded or period.day else agenda),
            "period": period,
            "page": page,
            "agenda": agenda,
            "undated": by_words,
            "undated_count": len(undated),
            "provinces": provinces_by_name(),
            "known_from": first_known_day(),
            "known_until": last_known_day(),
        },
    )


def next_festivals(records: RecordQuerySet, most: int) -> list[ComingFestival]:
    """The festivals that come next, the nearest first; those in season first of all."""
    return _lines(None, festival_queries.next_occurrences(records, timezone.localdate(), most))[0]


def _known_by_words(request: HttpRequest, viewer: Viewer, period: Period) -> HttpResponse:
    """All festivals that are known by words only, page by page."""
    page = page_of(festival_queries.known_by_words(viewer, period.province), request)
    undated = _lines(viewer, [], list(page.object_list))[1]
    context = {"page": page, "period": period, "undated": undated, "provinces": provinces_by_name()}
    return render(request, "festivals/by_words.html", context)


def _number_in(spans: Iterable[Span], first: date, last: date) -> int:
    return sum(number for start, end, number in spans if start <= last and end >= first)


def _lines(
    viewer: Viewer | None, occurrences: list[tuple[int, Occurrence]], undated: Collection[int] = ()
) -> tuple[list[ComingFestival], list[ComingFestival]]:
    """The lines of occurrences, and of festivals that are known by words only; all festivals are fetched at once."""
    festivals = festival_queries.festivals_by_key({*(pk for pk, _days in occurrences), *undated}, viewer)
    dated = [coming_festival(festivals[pk], days) for pk, days in occurrences if pk in festivals]
    return dated, [coming_festival(festivals[pk], None) for pk in undated if pk in festivals]


def _period(request: HttpRequest) -> Period:
    first = _first_day(request.GET.get("thang", ""))
    return Period(first, _day(first, request.GET.get("ngay", "")), province_of(request.GET.get("tinh", "")))


def _first_day(month: str) -> date:
    """The first day of the month that the address names, else of the current month."""
    if not month:
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
