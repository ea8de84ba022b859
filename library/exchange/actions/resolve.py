"""Finds what rows are about: a new record, one that is there already, or a row that cannot be imported. Changes nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from library.access import ANONYMOUS
from library.records.access.permissions import record_policy
from library.records.models import Record
from library.records.models.identifiers import own_key

from ..cells.lookups import Lookups
from ..cells.problems import CHANGED, REFUSED, SKIPPED, Note
from ..cells.row import ReadRow, RowReader
from ..columns.column import CODE, IDENTIFIER, Column
from ..columns.table import columns_of
from ..columns.template import EXAMPLE, example_cells
from ..models import Import, ImportRow, Outcome, State
from ..models.imports import Existing
from ..sheets.table import text_of
from .changes import Change, change_of

SERIOUS = (REFUSED, CHANGED)
LEAST_OF_EXAMPLE = 4  # cells by which the row of a template is known: fewer may be a record of that name


@dataclass
class Resolved:
    """A row with what it becomes. ``change`` is set for an update; ``version`` is that of ``record``, empty where none is there."""

    row: ImportRow
    read: ReadRow
    outcome: str
    record: Record | None = None
    change: Change | None = None

    @property
    def version(self) -> str:
        return version_of(self.record)

    @property
    def noted(self) -> str:
        levels = [note.level for note in self.read.notes]
        return next((level for level in SERIOUS if level in levels), "")


def version_of(record: Record | None) -> str:
    """What tells one state of a record from another: its newest version, and when its row was saved."""
    return f"{record.latest_revision_id or 0}/{record.updated_at.isoformat()}" if record is not None else ""


class Resolver:
    """Resolves rows of one import, many at a time."""

    def __init__(self, job: Import) -> None:
        self.job = job
        by_key = {column.key: column for column in columns_of(job.record_type)}
        self.columns = [by_key.get(key) for key in job.mapping]
        self.viewer = job.user.viewer if job.user is not None else ANONYMOUS
        self.lookups = Lookups(job.office, job.file_names, self.viewer)
        self.reader = RowReader(self.columns, self.lookups, job.lunar)
        self._at = {column.kind: at for at, column in enumerate(self.columns) if column and column.kind in (CODE, IDENTIFIER)}
        examples = example_cells(job.record_type, [column.key if column else "" for column in self.columns])
        self._examples = [shown for shown in (_shown(example, self.columns) for example in examples) if shown]

    def resolve(self, rows: Sequence[ImportRow]) -> list[Resolved]:
        """What each row becomes; ``row.code`` is set. The rows are in their order."""
        if not rows:
            return []
        read = [self.reader.read(row.cells) for row in rows]
        for row, each in zip(rows, read, strict=True):
            row.code = self._key(row, each)
        earlier = self._earlier(rows)
        records = self._records(rows, read)
        visible = Record.objects.visible_to(self.viewer).filter(pk__in=[each.pk for each in records.values()])
        seen = set(visible.values_list("pk", flat=True))
        resolved = []
        for row, each in zip(rows, read, strict=True):
            first = earlier.setdefault(row.code, row.number)
            if self._is_example(row, each):
                resolved.append(_skipped(row, each, _("Dòng ví dụ của bảng mẫu.")))
                continue
            if first != row.number:
                each.notes.append(self._twice(row, each, first))
            resolved.append(self._resolved(row, each, records, seen))
        return resolved

    def _key(self, row: ImportRow, read: ReadRow) -> str:
        """How the library knows the record: by its identifier, by the own code, else by all its words: nothing comes twice.

        The identifier comes first: in a table that was exported, two offices below may have given one code each.
        """
        if read.identifier:
            return read.identifier.strip()
        if read.code:
            return own_key(self.lookups.office.code, read.code)
        used = [text_of(cell) for cell, column in zip(row.cells, self.columns, strict=False) if column is not None]
        digest = hashlib.sha256(json.dumps([self.job.record_type, used], ensure_ascii=False).encode()).hexdigest()[:24]
        return own_key(self.lookups.office.code, f"~{digest}")

    def _earlier(self, rows: Sequence[ImportRow]) -> dict[str, int]:
        """Key → number of the first earlier row of the file with it."""
        keys = {row.code for row in rows}
        before = self.job.rows.filter(code__one_of=keys, number__lt=rows[0].number).order_by("-number")
        return dict(before.values_list("code", "number"))

    def _records(self, rows: Sequence[ImportRow], read: Sequence[ReadRow]) -> dict[str, Record]:
        """Own key or identifier → record that is there."""
        keys = [row.code for row in rows]
        identifiers = [each.identifier.strip() for each in read if each.identifier]
        found = Record.objects.select_related("office", "latest_revision")
        records: dict[str, Record] = {record.source_key or "": record for record in found.filter(source_key__one_of=keys)}
        if identifiers:
            records |= {record.identifier: record for record in found.filter(identifier__one_of=identifiers)}
        return records

    def _is_example(self, row: ImportRow, read: ReadRow) -> bool:
        """Whether it is the row of the template that shows how to write: by its code, or by all its other words."""
        if read.code.upper().startswith(EXAMPLE):
            return True
        return any(all(_words(row, at) == shown for at, shown in example) for example in self._examples)

    def _twice(self, row: ImportRow, read: ReadRow, first: int) -> Note:
        if read.code and not read.identifier:
            allowed = _("Mã không trùng. Dòng %(row)d cũng ghi mã này.") % {"row": first}
            return Note(self._at[CODE], REFUSED, read.code, allowed)
        return Note(self._at.get(IDENTIFIER, -1), REFUSED, read.identifier, _("Dòng này giống hệt dòng %(row)d.") % {"row": first})

    def _resolved(self, row: ImportRow, read: ReadRow, records: dict[str, Record], seen: set[int]) -> Resolved:
        record = records.get(read.identifier.strip()) if read.identifier else records.get(row.code)
        at = self._at.get(IDENTIFIER if read.identifier else CODE, -1)
        if (read.identifier or record is not None) and (why := self._closed(row, record, seen, by_code=not read.identifier)):
            read.notes.append(Note(at, REFUSED, read.identifier or read.code, why))
        if read.refused:
            return Resolved(row, read, Outcome.REFUSE, record)
        if record is None:
            return Resolved(row, read, Outcome.CREATE)
        if self.job.existing == Existing.SKIP:
            return _skipped(row, read, _("Đã có trong thư viện, để nguyên như bạn chọn."), record)
        change = change_of(record, read.content, replace=self.job.existing == Existing.REPLACE)
        if change is None:
            return _skipped(row, read, _("Trong thư viện đã ghi như vậy."), record)
        return Resolved(row, read, Outcome.UPDATE, record, change)

    def _closed(self, row: ImportRow, record: Record | None, seen: set[int], *, by_code: bool) -> str:
        """Why the row may not change the record; empty when it may. What the person may not see is told like what is not there."""
        if record is None or record.pk not in seen:
            if by_code:
                return _("Mã này đã dùng cho việc khác. Hãy ghi mã khác.")
            return _("Mã của một tư liệu đã có trong thư viện.")
        if not record.office.path.startswith(self.job.office.path):
            return _("Mã của một tư liệu thuộc cơ quan này.")
        if record.record_type != self.job.record_type:
            return _("Mã của một tư liệu cùng loại; tư liệu mang mã này thuộc loại “%(type)s”.") % {"type": record.type_label}
        if self.job.user is None or not record_policy().user_has_permission_for_instance(self.job.user, "change", record):
            return _("Tư liệu này bạn chưa có quyền sửa.")
        if record.locked or record.withdrawn_at or record.workflow_in_progress:
            return _("Tư liệu này đang chờ duyệt, đang khóa hoặc đã gỡ. Hãy chờ, hoặc bỏ dòng này.")
        if self._overwrites_unseen(row, record):
            return _("Có người vừa sửa tư liệu này sau lúc kiểm tra. Hãy kiểm tra lại dòng này rồi nhập.")
        return ""

    def _overwrites_unseen(self, row: ImportRow, record: Record) -> bool:
        """Whether the import would put its words over words that were not there when the row was checked."""
        return self.job.state == State.RUNNING and self.job.existing == Existing.REPLACE and row.version != version_of(record)


def _shown(example: Sequence[str], columns: Sequence[Column | None]) -> list[tuple[int, str]]:
    """Place and words of the example in all columns that are imported beside the code; none where these are too few to know it by."""
    shown = [(at, words) for at, (words, column) in enumerate(zip(example, columns, strict=True)) if column and column.kind != CODE]
    return shown if len([words for _at, words in shown if words]) >= LEAST_OF_EXAMPLE else []


def _words(row: ImportRow, at: int) -> str:
    return text_of(row.cells[at]) if at < len(row.cells) else ""


def _skipped(row: ImportRow, read: ReadRow, why: str, record: Record | None = None) -> Resolved:
    """A row that changes nothing, with the reason."""
    read.notes = [Note(-1, SKIPPED, "", why)]
    return Resolved(row, read, Outcome.SKIP, record)
