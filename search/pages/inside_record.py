"""Finding inside the documents of one record: every page with all the words, in the order of the pages. Reads the database by the law.

No index is asked: a page corrected a second ago is found, and what a reader may have is decided where it is read.
"""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from library.access import Viewer
from library.pages.presentation.lists.lines import line
from library.pages.presentation.record.files import DocumentPage, document_pages
from library.pages.views.public_view import public_page, request_viewer
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
class LeafFound:
    """A page that has the words, and the passage of it that has most of them."""

    document: int
    page: int
    language: str
    words: tuple[MarkedText, ...]


@public_page
def inside(request: HttpRequest, identifier: str) -> HttpResponse:
    """The pages of a record's documents that have all the words of ``tim``; 404 for a record that is not there for the reader."""
    viewer, asked = request_viewer(request), request.GET.get("tim", "").strip()[:LONGEST]
    record = _readable(identifier, viewer)
    total, leaves = pages_with(asked, record, viewer) if asked else (0, [])
    own = line(record)
    context = {"line": own, "crumbs": [(own.title, own.url)], "asked": asked, "total": total, "leaves": leaves}
    return render(request, "search/inside.html", context)


def pages_with(asked: str, record: Record, viewer: Viewer) -> tuple[int, list[LeafFound]]:
    """How many pages that the reader may have hold all the words asked for, as the site's search reads them; and the first of them."""
    reading = understand(asked, lexicon(), names())
    marker = Marker(highlight_for(reading))
    found = [leaf for leaf in document_pages(record, viewer) if _has_all(reading, marker, leaf)]
    return len(found), [_shown(leaf, marker) for leaf in found[:MOST]]


def _shown(leaf: DocumentPage, marker: Marker) -> LeafFound:
    return LeafFound(leaf.document, leaf.page, leaf.words.language, marked_texts(marker.best_window(leaf.words.plain), marker))


def _has_all(reading: Reading, marker: Marker, leaf: DocumentPage) -> bool:
    text = leaf.words.plain
    marks = marker.marks(text)
    folds = {key.fold for start, end in marks for key in keys_of(text[start:end])}
    wanted = [{word.fold, reading.repaired.get(place, word).fold} for place, word in enumerate(reading.words) if not word.clusters]
    return bool(marks) and all(alternatives & folds for alternatives in wanted)


def _readable(identifier: str, viewer: Viewer) -> Record:
    segments = Segment.objects.order_by("track", "order")
    tracks = TextTrack.objects.filter(role__in=(TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR))
    words = Prefetch("media__asset__tracks", queryset=tracks.prefetch_related(Prefetch("segments", queryset=segments)))
    visible = Record.objects.visible_to(viewer).listed().prefetch_related("texts", "communities", "media__asset__derivatives__blob", words)
    found = visible.filter(identifier=identifier).first() if is_well_formed(identifier) else None
    if found is None:
        raise Http404(_("Không có tư liệu mang mã này."))
    return found
