"""The page of one record: everything it shows, as one frozen value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.access import Viewer
from library.calendars.edtf_dates import for_readers
from library.presentation.lists.lines import RecordLine, line
from library.presentation.media.files import Files, files
from library.presentation.share_cards import CardLink, record_card_link
from library.presentation.wording import Wording, foreign, in_reader_language
from library.records.models import RecordDate, RecordText

from ...queries.shared_facts import SharingRecord
from ..festivals.days import FestivalDays, festival_days
from ..links import LinkedWords, group_links, place_links, province_codes
from .buying import OF_BUYING, Buying, buying, passport_address
from .citations import CitedSource, sources, suggested_citation
from .details import DetailRow, detail_rows
from .facts import Fact, record_facts
from .head import description, head_title
from .open_questions import open_questions
from .related import PersonRole, RelatedRecord, people, related, related_by_facts
from .word import OF_THE_SOUND, WordPart, word_part

if TYPE_CHECKING:
    from library.records.models import Record

Lines = Mapping[int, RecordLine]
Sharing = Iterable[SharingRecord]
OTHER_TITLES = {RecordText.Role.ORIGINAL_TITLE, RecordText.Role.OTHER_TITLE}


@dataclass(frozen=True, slots=True)
class RecordDateLine:
    """A date of the record, in the words of its source, else of its EDTF value; with its calendar."""

    words: str
    calendar: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What the template prints, in its order."""

    line: RecordLine
    head_title: str
    card: CardLink | None
    description: str
    draft: bool
    groups: list[LinkedWords]
    places: list[LinkedWords]
    province_codes: list[str]
    communities: list[Wording]
    warnings: list[str]
    files: Files
    lede: Wording
    lede_unreviewed: bool
    other_summaries: list[Wording]
    other_titles: list[tuple[str, Wording]]
    notes: list[Wording]
    rows: list[DetailRow]
    buying: Buying
    passport: str
    word: WordPart | None
    festival_days: FestivalDays | None
    dates: list[RecordDateLine]
    open_questions: list[str]
    people: list[PersonRole]
    related: list[RelatedRecord]
    sources: list[CitedSource]
    needs_checking: bool
    tags: list[str]
    citation: str
    facts: list[Fact]


def record_page(record: "Record", viewer: Viewer, neighbours: Lines, page_number: int = 1, sharing: Sharing = ()) -> RecordPage:
    """Reads a record fetched for its page, its documents open at ``page_number``.

    ``neighbours``: the lines of related records that the viewer may see, by key; ``sharing``: such records that share facts with it.
    """
    own, word, rows = line(record), word_part(record), detail_rows(record, viewer)
    return RecordPage(
        line=own,
        head_title=head_title(record, own),
        card=record_card_link(own),
        description=description(record, own),
        draft=not record.live,
        groups=group_links(record),
        places=place_links(record),
        province_codes=province_codes(record),
        communities=[in_reader_language(community.name_vi, community.name_en) for community in record.communities.all()],
        warnings=[term.label for term in record.warnings.all()],
        files=files(record, viewer, page_number),
        lede=in_reader_language(record.summary_vi, record.summary_en),
        lede_unreviewed=bool(record.summary_vi) and not record.summary_reviewed,
        other_summaries=_texts(record, RecordText.Role.SUMMARY),
        other_titles=[
            (text.get_role_display(), foreign(text.text, text.language)) for text in record.texts.all() if text.role in OTHER_TITLES
        ],
        notes=_texts(record, RecordText.Role.NOTE),
        rows=[row for row in rows if row.key not in OF_BUYING and not (word and word.sound and row.key in OF_THE_SOUND)],
        buying=buying(rows),
        passport=passport_address(record),
        word=word,
        festival_days=festival_days(record),
        dates=[_date_line(row) for row in record.dates.all()],
        open_questions=open_questions(record),
        people=people(record, neighbours),
        related=related(record, neighbours) + related_by_facts(record, sharing),
        sources=sources(record),
        needs_checking=record.needs_checking,
        tags=[tag.name for tag in record.tags.all()],
        citation=suggested_citation(record),
        facts=record_facts(record, own.own_names),
    )


def _date_line(row: RecordDate) -> RecordDateLine:
    return RecordDateLine(row.wording or for_readers(row.edtf), row.calendar.label if row.calendar else "")


def _texts(record: "Record", role: str) -> list[Wording]:
    return [foreign(text.text, text.language) for text in record.texts.all() if text.role == role]
