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
from ..presentation.word_of_day import KIND, Word, word
from .festivals import next_festivals
from .public_view import public_page, reader

FRESH, COMING = 6, 6
STRIDE = 97  # words loaded one after another are often of one language: the next day takes one from further on
SEARCH_EXAMPLES = ("le hoi gau tao", "trong dong", "det lanh", "mat trang tieng muong")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search, what comes up, ways in, what is new."""
    seen = queries.seen_by(reader(request))
    kinds = offered_kinds(queries.by_kind(seen))
    return render(
        request,
        "home.html",
        {
            "top_class": "top--flush top--home",
            "today": today(),
            "coming": next_festivals(seen, COMING),
            "kinds": kinds,
            "record_count": sum(kind.count for kind in kinds),
            "families": families(),
            "word": _word_of_the_day(seen),
            "regions": regions(queries.by_province(seen)),
            "fresh": lines(queries.for_pictured_lines(seen.order_by("-first_published_at", "-pk"))[:FRESH], pictured=True),
            "search_examples": SEARCH_EXAMPLES,
        },
    )


def _word_of_the_day(seen: RecordQuerySet) -> Word | None:
    """Another word every day; the same for everybody who may see the same words."""
    words = seen.filter(record_type__in=queries.types_of(KIND)).prefetch_related("groups").order_by("pk")
    count = words.count()
    return word(words[timezone.localdate().toordinal() * STRIDE % count]) if count else None
