"""Searching inside the documents of one record: every page with all the words, in the order of the pages.

It reads the database, not an index: a page corrected a second ago is found, and the access rule is asked at once.
"""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from library.access import Viewer
from library.pages.views.public_view import public_page, request_viewer
from library.presentation.lists.lines import line
from library.presentation.media.files import DocumentPage, document_pages
from library.records.models import Record
from library.records.models.identifiers import is_well_formed
from media_pipeline.models import Segment, TextTrack

from ..analysis import keys_of
from ..indexing.knowledge import lexicon, names
from ..query.clauses import highlight_for
from ..query.highlighting import MarkedText, Marker, marked_texts
from ..understanding import Reading, understand

LONGEST = 200  # characters of a question
MOST = 200  # pages shown


@dataclass(frozen=True, slots=True)
class MatchingPage:
    """A page that has the words, and the snippet of it that has most of them."""

    document: int
    page: int
    language: str
    snippet: tuple[MarkedText, ...]


@public_page
def inside(request: HttpRequest, identifier: str) -> HttpResponse:
    """The pages of a record's documents that have all the words of ``tim``; 404 for a record that the reader may not see."""
    viewer, asked = request_viewer(request), request.GET.get("tim", "").strip()[:LONGEST]
    record = _readable(identifier, viewer)
    total, pages = pages_with(asked, record, viewer) if asked else (0, [])
    record_line = line(record)
    context = {"line": record_line, "crumbs": [(record_line.title, record_line.url)], "asked": asked, "total": total, "pages": pages}
    return render(request, "search/inside.html", context)


def pages_with(asked: str, record: Record, viewer: Viewer) -> tuple[int, list[MatchingPage]]:
    """How many pages have all the words, of those that the reader may open; and the first MOST of them."""
    reading = understand(asked, lexicon(), names())
    marker = Marker(highlight_for(reading))
    matching = [page for page in document_pages(record, viewer) if _has_all(reading, marker, page)]
    return len(matching), [_view(page, marker) for page in matching[:MOST]]


def _view(page: DocumentPage, marker: Marker) -> MatchingPage:
    return MatchingPage(page.document, page.page, page.words.language, marked_texts(marker.best_window(page.words.plain), marker))


def _has_all(reading: Reading, marker: Marker, page: DocumentPage) -> bool:
    text = page.words.plain
    marks = marker.marks(text)
    folds = {key.fold for start, end in marks for key in keys_of(text[start:end])}
    spellings = [{word.fold, reading.repaired.get(place, word).fold} for place, word in enumerate(reading.words) if not word.clusters]
    return bool(marks) and all(alternatives & folds for alternatives in spellings)


def _readable(identifier: str, viewer: Viewer) -> Record:
    segments = Segment.objects.order_by("track", "order")
    tracks = TextTrack.objects.filter(role__in=(TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR))
    words = Prefetch("media__asset__tracks", queryset=tracks.prefetch_related(Prefetch("segments", queryset=segments)))
    visible = Record.objects.visible_to(viewer).listed().prefetch_related("texts", "communities", "media__asset__derivatives__blob", words)
    record = visible.filter(identifier=identifier).first() if is_well_formed(identifier) else None
    if record is None:
        raise Http404(_("Không có tư liệu mang mã này."))
    return record
