"""The timeline: the dates of records by century, one century by year, and what falls on today's day of the year."""

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from library.language.collation import vietnamese_order
from library.presentation.authorities import group_of, province_of, provinces
from library.presentation.queries import for_lines
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from ..paging import page_of
from ..presentation.festivals.days import today
from ..presentation.linked_data import collection_data
from ..presentation.timeline import centuries, century_name, century_of_slug, dated_lines
from ..queries import timeline as timeline_queries
from .public_view import public_page, request_viewer

LINES = 60
YEAR = re.compile(r"-?[1-9]\d{0,5}", re.ASCII)
Option = tuple[str, str, int]  # slug, name, number of dates


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The people and the province that the address names."""

    group: EthnicGroup | None
    province: AdminUnit | None

    @property
    def of_group(self) -> str:
        """The part of an address that keeps the people."""
        return f"dan-toc={self.group.slug}" if self.group else ""

    @property
    def in_province(self) -> str:
        """The part of an address that keeps the province."""
        return f"tinh={self.province.slug}" if self.province else ""

    @property
    def query(self) -> str:
        """The part of an address that keeps both."""
        return "&".join(filter(None, (self.of_group, self.in_province)))

    def __bool__(self) -> bool:
        return bool(self.group or self.province)


@public_page
def timeline(request: HttpRequest) -> HttpResponse:
    """Every century with its years and first dates; before them what happened on a day like today."""
    viewer, narrowing = request_viewer(request), _narrowing(request)
    records = timeline_queries.dated_records(viewer, narrowing.group, narrowing.province)
    overview = timeline_queries.overview(viewer, narrowing.group, narrowing.province)
    of_day = list(timeline_queries.on_day(records, timezone.localdate()))
    named = _records({row[0] for row in of_day} | {row[0] for _century, row in overview.first}, records)
    return render(
        request,
        "timeline/all.html",
        {
            "linked_data": collection_data(_("Dòng thời gian"), "timeline"),
            "narrowing": narrowing,
            "today": today(),
            "of_day": dated_lines(of_day, named),
            "centuries": centuries(overview, named),
            "total": sum(sum(years.values()) for years in overview.centuries.values()),
            "groups": _groups(overview.groups),
            "provinces": _provinces(overview.provinces),
        },
    )


@public_page
def timeline_century(request: HttpRequest, slug: str) -> HttpResponse:
    """One century, page by page: first the dates that say no year, then year by year; or one year of it."""
    century, year = century_of_slug(slug), _year(request)
    if century is None:
        raise Http404(_("Không có thế kỷ này."))
    narrowing = _narrowing(request)
    records = timeline_queries.dated_records(request_viewer(request), narrowing.group, narrowing.province)
    page = page_of(timeline_queries.dates_in(records, century, year), request, LINES)
    if not page.object_list and not narrowing:
        raise Http404(_("Thư viện chưa có mốc nào của thế kỷ này."))
    lines = dated_lines(page.object_list, _records({row[0] for row in page.object_list}, records))
    context = {
        "linked_data": collection_data(century_name(century), "timeline-century", slug),
        "narrowing": narrowing,
        "name": century_name(century),
        "slug": slug,
        "year": lines[0].year if year and lines else "",
        "page": page,
        "without_year": [line for line in lines if not line.year],
        "with_year": [line for line in lines if line.year],
    }
    return render(request, "timeline/century.html", context)


def _narrowing(request: HttpRequest) -> Narrowing:
    """The people and the province of the address. Raises Http404 for what is not known."""
    return Narrowing(group_of(request.GET.get("dan-toc", "")), province_of(request.GET.get("tinh", "")))


def _year(request: HttpRequest) -> int | None:
    """The year of the address, negative before our era; None where it names none. Raises Http404 for what is no year."""
    text = request.GET.get("nam", "")
    if text and not YEAR.fullmatch(text):
        raise Http404(_("Không có năm này."))
    return int(text) if text else None


def _records(keys: set[int], records: RecordQuerySet) -> dict[int, Record]:
    """The records with these keys that the viewer may see, with all that their lines show."""
    return {record.pk: record for record in for_lines(records.filter(pk__in=keys))}


def _groups(counts: dict[int, int]) -> list[Option]:
    rows = EthnicGroup.objects.only("slug", "name_vi", "name_en").filter(pk__in=counts)
    return _by_name([(group.slug, group.name, counts[group.pk]) for group in rows])


def _provinces(counts: dict[str, int]) -> list[Option]:
    return _by_name([(unit.slug, unit.label, counts[unit.code]) for unit in provinces().filter(code__in=counts)])


def _by_name(options: list[Option]) -> list[Option]:
    return sorted(options, key=lambda option: vietnamese_order(option[1]))
