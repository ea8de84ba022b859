"""Everything that a search finds as one file: a table, references for citation managers, or JSON. It is written in chunks of
records; the access rule is asked again for each chunk."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from library.access import PUBLIC, Viewer
from library.metadata.references import Reference, bibtex, ris
from library.metadata.spreadsheets import BYTE_ORDER_MARK, plain_cell
from library.presentation.lists.kinds import kind_label
from library.presentation.wording import in_reader_language
from library.records.models import Record
from library.records.queryset import RecordQuerySet

from ..indexing.documents import people_named

CHUNK = 100  # records read at once
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
FORMATS = {"csv": "CSV (Excel)", "ris": "RIS", "bib": "BibTeX", "json": "JSON"}


def file_chunks(format_code: str, ids: Sequence[int], viewer: Viewer) -> Iterator[str]:
    """The text of the file, chunk by chunk: only records that the reader may see now, in the order given."""
    return _WRITERS[format_code](_references(ids, viewer))


def _references(ids: Sequence[int], viewer: Viewer) -> Iterator[Reference]:
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        records = {record.pk: record for record in _for_references(Record.objects.visible_to(viewer).filter(pk__in=chunk))}
        yield from (reference_of(records[pk]) for pk in chunk if pk in records)


def _for_references(records: RecordQuerySet) -> RecordQuerySet:
    """The records with all that a reference tells, and no more."""
    told = records.defer("details").select_related("rights").prefetch_related("groups", "places", "languages", "people__person")
    return told.with_files()


def reference_of(record: Record) -> Reference:
    """The record as a reference, in the reader's language."""
    day = localtime(record.last_published_at or record.updated_at).date()
    files = [link.asset.kind for link in record.media.all() if link.own_access == PUBLIC]
    title = in_reader_language(record.title_vi, record.title_en).plain
    return Reference(
        identifier=record.ark or record.identifier,
        title=title,
        other_title=next((other for other in (record.title_vi, record.title_en) if other and other != title), ""),
        people=tuple(dict.fromkeys(filter(None, people_named(record)))),
        publisher=_("Thư viện số Văn hóa các dân tộc Việt Nam"),
        year=day.year,
        day=day,
        url=settings.SITE_URL + record.get_absolute_url(),
        abstract=in_reader_language(record.summary_vi, record.summary_en).plain,
        keywords=(
            kind_label(record.record_type),
            *(group.name for group in record.groups.all()),
            *(place.label for place in record.places.all()),
        ),
        languages=tuple(language.code for language in record.languages.all()),
        rights=str(record.rights),
        medium=next(iter(files), ""),
    )


def _csv(references: Iterable[Reference]) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield _csv_line(
        [_("Mã"), _("Tên"), _("Tên khác"), _("Người"), _("Từ khóa"), _("Tiếng"), _("Quyền"), _("Tóm tắt"), _("Bản ngày"), _("Địa chỉ")]
    )
    for reference in references:
        lists = (reference.people, reference.keywords, reference.languages)
        people, keywords, languages = ("; ".join(values) for values in lists)
        titles = (reference.identifier, reference.title, reference.other_title)
        yield _csv_line(
            [*titles, people, keywords, languages, reference.rights, reference.abstract, reference.day.isoformat(), reference.url]
        )


def _csv_line(cells: Iterable[str]) -> str:
    """One line, without formulas."""
    line = io.StringIO()
    csv.writer(line).writerow([plain_cell(cell) for cell in cells])
    return line.getvalue()


def _json(references: Iterable[Reference]) -> Iterator[str]:
    names = ("identifier", "title", "other_title", "people", "publisher", "url", "abstract", "keywords", "languages", "rights", "medium")
    before = "[\n"
    for reference in references:
        values = {name: getattr(reference, name) for name in names} | {"version": reference.day.isoformat()}
        yield before + json.dumps(values, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


_WRITERS: dict[str, Callable[[Iterable[Reference]], Iterator[str]]] = {
    "csv": _csv,
    "ris": lambda references: map(ris, references),
    "bib": lambda references: map(bibtex, references),
    "json": _json,
}
