"""The report of an import as its page shows it: the equation of rows, and for each row what to mend and how."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.frame.time_left import time_left_in_words
from library.records.access.permissions import record_policy
from library.records.models import Record

from ..actions import work
from ..cells.problems import CHANGED, REFUSED, SKIPPED
from ..columns.column import IGNORED, UNSET
from ..columns.mapping import MENDING, NAMED, REMEMBERED, UNKNOWN, suggest
from ..columns.table import columns_of
from ..models import Import, ImportedRecord, ImportRow, Outcome, RememberedColumn
from ..sheets.table import FORMULA, TOO_LONG, text_of
from ..sheets.writing import MarkedRow

ROWS_SHOWN = 50
MOST_COPIED = 20_000  # rows of an annotated copy: it is made while the person waits
SAMPLES = 3
VIEWS = {
    "refused": gettext_lazy("Chưa nhập được"),
    "changed": gettext_lazy("Máy đọc là"),
    "skipped": gettext_lazy("Dòng bỏ qua"),
    "all": gettext_lazy("Cả bảng"),
}
WHY = {
    REMEMBERED: gettext_lazy("Nhớ từ lần trước"),
    NAMED: gettext_lazy("Đúng tên cột"),
    UNKNOWN: gettext_lazy("Chưa chọn"),
    "guessed": gettext_lazy("Máy đoán, xin xem lại"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One number of the equation."""

    number: int
    label: str
    outcome: str


def equation(job: Import) -> list[Term]:
    """Read, and what the rows that were read become; the first is the sum of the others."""
    counts = job.counts()
    terms = [Term(counts[outcome], str(outcome.label), outcome.value) for outcome in Outcome]
    return [Term(job.total, _("dòng đọc được"), "total"), *terms]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to mend, to look at or to know, in one cell of a row. ``cell``: all its words; None where we have not all of them."""

    number: int
    column: int
    column_name: str
    shown: str
    cell: str | None
    allowed: str
    choices: tuple[str, ...]
    level: str
    finished: bool


def rows_of(job: Import, view: str) -> Any:
    """The rows of one view of the report."""
    if view == "all":
        return job.rows.all()
    if view == "changed":
        return job.rows.filter(noted=CHANGED)
    return job.rows.filter(outcome=Outcome.REFUSE if view == "refused" else Outcome.SKIP)


def lines_of(job: Import, rows: list[ImportRow], view: str) -> list[Line]:
    """The lines of these rows. A row that is refused shows only what refuses it."""
    return [line for row in rows for line in _lines(job, row, view)]


def _lines(job: Import, row: ImportRow, view: str) -> Iterator[Line]:
    for note in row.notes:
        if view != "all" and (note["level"] == REFUSED) != (view == "refused"):
            continue
        at = note["column"]
        name = job.header[at] if 0 <= at < len(job.header) else ""
        shown = _title(job, row) if note["level"] == SKIPPED else note["shown"]
        yield Line(row.number, at, name, shown, _cell(row, at), note["allowed"], tuple(note["choices"]), note["level"], row.finished)
    if view == "all" and not row.notes:
        said = str(Outcome(row.outcome).label) if row.outcome else ""
        yield Line(row.number, -1, "", _title(job, row), None, said, (), "", row.finished)


def _cell(row: ImportRow, at: int) -> str | None:
    """What a person may write on with. A formula has no words of its own; a text that is too long is not kept."""
    if at < 0:
        return None
    cell = row.cells[at] if at < len(row.cells) else ""
    if isinstance(cell, str):
        return cell
    return None if cell["problem"] == TOO_LONG else "" if cell["problem"] == FORMULA else text_of(cell)


def _title(job: Import, row: ImportRow) -> str:
    at = job.mapping.index("title_vi") if "title_vi" in job.mapping else 0
    return text_of(row.cells[at]) if at < len(row.cells) else ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a row became. ``title`` is empty for a reader who may not see the record, ``url`` for one who may not change it."""

    title: str
    url: str
    created: bool
    undone: str


def results_of(rows: Iterable[ImportedRecord], user: Any) -> list[Result]:
    """These results as the access rule shows them to the reader: since the import a record may have been closed or given away."""
    results = list(rows)
    keys = [row.record_id for row in results if row.record_id]
    seen = Record.objects.visible_to(user.viewer).select_related("office").in_bulk(keys)
    return [_result(row, seen.get(row.record_id or 0), user) for row in results]


def _result(row: ImportedRecord, record: Record | None, user: Any) -> Result:
    if record is None:
        return Result("", "", row.created, row.undone)
    changeable = record_policy().user_has_permission_for_instance(user, "change", record)
    url = reverse("wagtailsnippets_records_record:edit", args=[record.pk]) if changeable else ""
    return Result(str(record), url, row.created, row.undone)


def marked_rows(job: Import, *, only_refused: bool) -> Iterator[MarkedRow]:
    """The rows of the annotated copy, MOST_COPIED at most."""
    rows = job.rows.filter(outcome=Outcome.REFUSE) if only_refused else job.rows.all()
    for row in rows[:MOST_COPIED].iterator(chunk_size=500):
        notes = [note for note in row.notes if note["level"] == REFUSED]
        sentences = [_sentence(job, note) for note in notes]
        marks = {note["column"] for note in notes if note["column"] >= 0}
        yield MarkedRow([text_of(cell) for cell in row.cells], "\n".join(sentences), marks)


def _sentence(job: Import, note: dict[str, Any]) -> str:
    name = job.header[note["column"]] if 0 <= note["column"] < len(job.header) else ""
    words = f"{name}: {note['allowed']}" if name else note["allowed"]
    return _("%(words)s Có thể ghi: %(choices)s") % {"words": words, "choices": " / ".join(note["choices"])} if note["choices"] else words


def mending_name() -> str:
    """The name of the last column of the annotated copy: the same in every language, so that it is known when the copy comes back."""
    return MENDING


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One column of the file on the page that matches columns."""

    at: int
    name: str
    samples: str
    key: str
    why: str
    asks: bool
    dates: bool


def match_rows(job: Import) -> list[MatchRow]:
    """The columns of the file, with first values and where they go."""
    columns = columns_of(job.record_type)
    dated = {column.key for column in columns if column.kind in ("dates", "own_edtf", "own_rule")}
    first = list(job.rows.all()[: SAMPLES * 4])
    remembered = dict(RememberedColumn.objects.filter(office=job.office, record_type=job.record_type).values_list("header", "key"))
    matches = suggest(job.header, columns, remembered)
    rows = []
    for at, (name, key, match) in enumerate(zip(job.header, job.mapping, matches, strict=True)):
        why = WHY[match.why if match.key == key else NAMED] if key != UNSET else WHY[UNKNOWN]
        asks = key == UNSET or (match.key == key and match.why == "guessed")
        rows.append(MatchRow(at, name, _samples(first, at), key, str(why), asks, key in dated))
    return rows


def _samples(rows: list[ImportRow], at: int) -> str:
    texts = [text_of(row.cells[at]) for row in rows if at < len(row.cells) and row.cells[at]]
    return " · ".join(text[:40] for text in texts[:SAMPLES])


def choices_of(job: Import) -> list[tuple[str, str]]:
    """Key and name of every place where a column may go."""
    return [
        (UNSET, _("Chọn ô…")),
        (IGNORED, _("Không nhập cột này")),
        *((column.key, str(column)) for column in columns_of(job.record_type)),
    ]


def progress(job: Import) -> dict[str, Any]:
    """How far the step is: rows done, of how many, in hundredths, and the time left."""
    whole = max(work.expected(job), job.done)
    left = time_left_in_words(work.time_left(job))
    return {"done": job.done, "whole": whole, "percent": 100 * job.done // whole if whole else 0, "left": left}
