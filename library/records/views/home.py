"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..presentation.festival_days import today
from ..presentation.kinds import offered_kinds
from ..presentation.lines import for_lines, lines
from . import counts
from .authorities import families, regions
from .door import public_page, reader
from .festivals import next_festivals

FRESH, COMING = 6, 6
SEARCH_EXAMPLES = ("le hoi gau tao", "trong dong", "det lanh", "mat trang tieng muong")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search, what comes up, ways in, what is new."""
    seen = counts.seen_by(reader(request))
    kinds = offered_kinds(counts.by_kind(seen))
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
            "regions": regions(counts.by_province(seen)),
            "fresh": lines(for_lines(seen.order_by("-first_published_at", "-pk"))[:FRESH]),
            "search_examples": SEARCH_EXAMPLES,
        },
    )
