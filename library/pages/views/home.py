"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from library.records.queryset import RecordQuerySet

from .. import queries
from ..authorities import families, regions
from ..presentation.festivals.days import today
from ..presentation.lists.kinds import offered_kinds
from ..presentation.lists.lines import lines
from ..presentation.word_of_day import KIND, WordOfDay, word_of_day
from .festivals import next_festivals
from .public_view import public_page, request_viewer

NEWEST, COMING = 6, 6
STRIDE = 97  # words loaded one after another are often of one language: the next day takes one from further on
SEARCH_EXAMPLES = ("le hoi gau tao", "trong dong", "det lanh", "mat trang tieng muong")


@public_page
def home_page(request: HttpRequest) -> HttpResponse:
    """Search, festivals to come, kinds, groups, provinces, new records."""
    records = queries.visible_records(request_viewer(request))
    kinds = offered_kinds(queries.by_kind(records))
    return render(
        request,
        "home.html",
        {
            "top_class": "top--flush top--home",
            "today": today(),
            "coming": next_festivals(records, COMING),
            "kinds": kinds,
            "record_count": sum(kind.count for kind in kinds),
            "families": families(),
            "word": _word_of_the_day(records),
            "regions": regions(queries.by_province(records)),
            "fresh": lines(queries.for_pictured_lines(records.order_by("-first_published_at", "-pk"))[:NEWEST], pictured=True),
            "search_examples": SEARCH_EXAMPLES,
        },
    )


def _word_of_the_day(records: RecordQuerySet) -> WordOfDay | None:
    """Another word every day; the same for everyone who may see the same words."""
    words = records.filter(record_type__in=queries.types_of(KIND)).prefetch_related("groups").order_by("pk")
    count = words.count()
    return word_of_day(words[timezone.localdate().toordinal() * STRIDE % count]) if count else None
