"""The festival calendar, month by month, and the festivals that come next."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from library.access import ANONYMOUS, Viewer
from library.calendars.rules import Occurrence
from library.metadata.calendar_file import about_kilobytes
from library.presentation import queries
from library.presentation.authorities import provinces_by_name
from library.records.festivals.months import months_within
from library.records.festivals.occurrences import first_known_day, last_known_day
from library.records.queryset import RecordQuerySet

from ...paging import PAGE_SIZE, page_of
from ...presentation.festivals.days import ComingFestival, coming_festival
from ...presentation.festivals.month import Span, month_page, year_page
from ...queries import festivals as festival_queries
from ...queries.narrowing import in_province
from ..public_view import public_page, request_viewer
from .period import Period, period_of

NAMED = 40  # festivals that the grid of a month names and its page lists; of more the grid tells the number
BY_WORDS = 12  # festivals known by words only that a month shows


@public_page
def festival_calendar(request: HttpRequest) -> HttpResponse:
    """The calendar as the address asks for it: a month, a year, a list of what comes, or the festivals known by words only."""
    return VIEWS.get(request.GET.get("xem", ""), _month)(request, request_viewer(request), period_of(request))


def _month(request: HttpRequest, viewer: Viewer, period: Period) -> HttpResponse:
    """One month: a grid with both calendars, the festivals in it or on one of its days, and those whose words name it."""
    records = _records(viewer, period)
    dated = records if period.known else records.none()  # rows beyond are not those of all festivals
    spans = festival_queries.spans_in(dated, period.first, period.last)
    crowded = _number_in(spans, period.first, period.last) > NAMED
    listed = festival_queries.occurrences_in(dated, *period.listed)
    page = page_of(listed, request, PAGE_SIZE if crowded else NAMED, total=_number_in(spans, *period.listed))
    undated = festival_queries.known_by_words(viewer, period.province, months_within(period.first, period.last))
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
            "by_words_count": len(festival_queries.known_by_words(viewer, period.province)),
            "provinces": provinces_by_name(),
            "file_kilobytes": about_kilobytes(festival_queries.times_in_file(_records(ANONYMOUS, period))),
            "known_from": first_known_day(),
            "known_until": last_known_day(),
        },
    )


def _year(request: HttpRequest, viewer: Viewer, period: Period) -> HttpResponse:
    """Twelve small months with the days on which festivals fall."""
    first, last = period.year
    spans = festival_queries.spans_in(_records(viewer, period), max(first, first_known_day()), min(last, last_known_day()))
    context = {"months": year_page(first, spans), "period": period, "provinces": provinces_by_name()}
    return render(request, "festivals/year.html", context)


def _list(request: HttpRequest, viewer: Viewer, period: Period) -> HttpResponse:
    """What comes from today on, by date, page by page."""
    page = page_of(festival_queries.occurrences_in(_records(viewer, period), timezone.localdate(), last_known_day()), request)
    coming = _lines(viewer, [festival_queries.occurrence_of(row) for row in page.object_list])[0]
    context = {"page": page, "period": period, "coming": coming, "provinces": provinces_by_name()}
    return render(request, "festivals/list.html", context)


def _records(viewer: Viewer, period: Period) -> RecordQuerySet:
    """The records of the province, or all, that the viewer may see."""
    visible = queries.visible_records(viewer)
    return in_province(visible, period.province, walk=True) if period.province else visible


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


VIEWS: dict[str, Callable[[HttpRequest, Viewer, Period], HttpResponse]] = {"nam": _year, "danh-sach": _list, "loi": _known_by_words}
