"""The first page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from library.curation.presentation.front import FrontPart, shown_front
from library.curation.published import front_parts, newest_stories
from library.presentation import queries
from library.presentation.authorities import COLUMNS, group_entries, regions
from library.presentation.lists.kinds import offered_kinds, recordings
from library.presentation.lists.lines import lines
from library.presentation.words.of_day import word_of_day
from library.vocabularies.models import EthnicGroup

from ..presentation.festivals.days import today
from ..presentation.linked_data import library_data
from ..queries.counts import counts_for
from ..queries.recordings import recordings_for
from .festivals.calendar import next_festivals
from .public_view import public_page, request_viewer

NEWEST, COMING, STORIES = 2, 2, 3  # the page is at most five screens of a telephone
SEARCH_EXAMPLES = {
    "vi": ("le hoi gau tao", "khen mong", "hat then"),
    "en": ("Hmong", "festival in April", "Ok Om Bok"),
}


@public_page
def home_page(request: HttpRequest) -> HttpResponse:
    """What staff composed, else festivals to come, stories, what can be heard, seen and read, peoples, provinces, new records."""
    return render(request, "home.html", _context(request, front_parts(request_viewer(request))))


def preview_front_page(page: Any, request: HttpRequest, preview: dict[str, Any]) -> HttpResponse:
    """The answer to a preview of a composed first page (setting FRONT_PAGE_PREVIEW)."""
    parts = shown_front(page.body, request_viewer(request))
    return render(request, "home.html", _context(request, parts) | {"preview": preview})


def _context(request: HttpRequest, parts: list[FrontPart]) -> dict[str, Any]:
    viewer = request_viewer(request)
    records, counts = queries.visible_records(viewer), counts_for(viewer)
    newest = queries.without_words(queries.shown_in_lists(records)).order_by("-first_published_at", "-pk")
    kinds = offered_kinds(counts.all)
    return {
        "parts": parts,
        "linked_data": library_data(),
        "top_class": "top--flush top--home",
        "today": today(),
        "newest_stories": newest_stories(STORIES) if any(part.section == "stories" for part in parts) else [],
        "coming": next_festivals(records, COMING),
        "recordings": recordings(recordings_for(viewer)),
        "kinds": kinds,
        "record_count": sum(kind.count for kind in kinds),
        "groups": group_entries(EthnicGroup.objects.only(*COLUMNS)),
        "word": word_of_day(timezone.localdate()),
        "regions": regions(counts.provinces),
        "fresh": lines(queries.for_pictured_lines(newest)[:NEWEST], pictured=True),
        "search_examples": SEARCH_EXAMPLES["en" if get_language() == "en" else "vi"],
    }
