"""The page of one record: everything it shows, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.access import Viewer
from library.calendars.edtf_dates import wording
from library.records.models import RecordDate, RecordText
from library.records.models.choices import ReviewState

from ..festivals.days import FestivalDays, festival_days
from ..lists.lines import Line, line
from ..wording import Wording, foreign, in_reader_language
from .citations import Cited, sources, suggested_citation
from .details import Row, rows
from .facts import Fact, Link, group_links, place_links, slip
from .files import Files, files
from .open_questions import unanswered
from .related import Part, Related, people, related

if TYPE_CHECKING:
    from library.records.models import Record

OTHER_TITLES = {RecordText.Role.ORIGINAL_TITLE, RecordText.Role.OTHER_TITLE}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of the record, as in the source, else as its EDTF says it; with its calendar."""

    words: str
    calendar: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What the template prints, in its order."""

    line: Line
    draft: bool
    groups: list[Link]
    places: list[Link]
    communities: list[Wording]
    warnings: list[str]
    files: Files
    lede: Wording
    lede_unreviewed: bool
    other_summaries: list[Wording]
    other_titles: list[tuple[str, Wording]]
    notes: list[Wording]
    rows: list[Row]
    days: FestivalDays | None
    moments: list[Moment]
    unanswered: list[str]
    people: list[Part]
    related: list[Related]
    sources: list[Cited]
    needs_checking: bool
    tags: list[str]
    citation: str
    slip: list[Fact]


def record_page(record: "Record", viewer: Viewer, seen: Mapping[int, Line], leaf: int = 1) -> RecordPage:
    """Reads a record fetched for its page; ``seen`` holds the lines of the neighbours that the reader may see."""
    own = line(record)
    return RecordPage(
        line=own,
        draft=not record.live,
        groups=group_links(record),
        places=place_links(record),
        communities=[in_reader_language(each.name_vi, each.name_en) for each in record.communities.all()],
        warnings=[term.label for term in record.warnings.all()],
        files=files(record, viewer, leaf),
        lede=in_reader_language(record.summary_vi, record.summary_en),
        lede_unreviewed=bool(record.summary_vi) and not record.summary_reviewed,
        other_summaries=_texts(record, RecordText.Role.SUMMARY),
        other_titles=[
            (text.get_role_display(), foreign(text.text, text.language)) for text in record.texts.all() if text.role in OTHER_TITLES
        ],
        notes=_texts(record, RecordText.Role.NOTE),
        rows=rows(record, viewer),
        days=festival_days(record),
        moments=[_moment(each) for each in record.dates.all()],
        unanswered=unanswered(record),
        people=people(record, seen),
        related=related(record, seen),
        sources=sources(record),
        needs_checking=record.review_state == ReviewState.NEEDS_CHECKING,
        tags=[tag.name for tag in record.tags.all()],
        citation=suggested_citation(record),
        slip=slip(record, own.own_names),
    )


def _moment(row: RecordDate) -> Moment:
    return Moment(row.wording or wording(row.edtf), row.calendar.label if row.calendar else "")


def _texts(record: "Record", role: str) -> list[Wording]:
    return [foreign(text.text, text.language) for text in record.texts.all() if text.role == role]
