"""The first page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from library.curation.presentation.front import FrontPart, shown_front
from library.curation.published import front_parts
from library.presentation import queries
from library.presentation.authorities import families, regions
from library.presentation.lists.kinds import offered_kinds
from library.presentation.lists.lines import lines
from library.presentation.word_of_day import KIND, WordOfDay, word_of_day
from library.records.models.identifiers import name_at
from library.records.queryset import RecordQuerySet

from ..presentation.festivals.days import today
from ..presentation.linked_data import library_data
from ..queries.counts import counts_for
from .festivals import next_festivals
from .public_view import public_page, request_viewer

NEWEST, COMING = 6, 6
GOLDEN_RATIO = 0.6180339887498949
SEARCH_EXAMPLES = ("le hoi gau tao", "trong dong", "det lanh", "mat trang tieng muong")


@public_page
def home_page(request: HttpRequest) -> HttpResponse:
    """What staff composed, else festivals to come, kinds, groups, provinces, new records."""
    return render(request, "home.html", _context(request, front_parts(request_viewer(request))))


def preview_front_page(page: Any, request: HttpRequest, preview: dict[str, Any]) -> HttpResponse:
    """The answer to a preview of a composed first page (setting FRONT_PAGE_PREVIEW)."""
    parts = shown_front(page.body, request_viewer(request))
    return render(request, "home.html", _context(request, parts) | {"preview": preview})


def _context(request: HttpRequest, parts: list[FrontPart]) -> dict[str, Any]:
    viewer = request_viewer(request)
    records, counts = queries.visible_records(viewer), counts_for(viewer)
    newest = queries.shown_in_lists(records).order_by("-first_published_at", "-pk")
    kinds = offered_kinds(counts.all)
    return {
        "parts": parts,
        "linked_data": library_data(),
        "top_class": "top--flush top--home",
        "today": today(),
        "coming": next_festivals(records, COMING),
        "kinds": kinds,
        "record_count": sum(kind.count for kind in kinds),
        "families": families(),
        "word": _word_of_the_day(records),
        "regions": regions(counts.provinces),
        "fresh": lines(queries.for_pictured_lines(newest)[:NEWEST], pictured=True),
        "search_examples": SEARCH_EXAMPLES,
    }


def _word_of_the_day(records: RecordQuerySet) -> WordOfDay | None:
    """Another word every day; the same for everyone who may see the same words.

    Names are given at random, so words of one language stand apart in their order. Each day takes the first word behind a point of that
    order; the points go on by the golden ratio, which comes near every word in turn and never returns to a point.
    """
    words = records.filter(record_type__in=queries.types_of(KIND)).prefetch_related("groups").order_by("identifier")
    point = name_at(timezone.localdate().toordinal() * GOLDEN_RATIO % 1)
    word = words.filter(identifier__gte=point).first() or words.first()
    return word_of_day(word) if word else None
