"""Finds what rows are about: a new record, one that is there already, or a row that cannot be imported. Changes nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from library.records.access.permissions import record_policy
from library.records.models import Record

from ..cells.authorities import own_key
from ..cells.lookups import Lookups
from ..cells.problems import CHANGED, REFUSED, Note
from ..cells.row import ReadRow, RowReader
from ..columns.column import CODE, IDENTIFIER
from ..columns.table import columns_of
from ..columns.template import EXAMPLE
from ..models import Import, ImportRow, Outcome
from ..models.imports import Existing
from ..sheets.table import text_of
from .changes import Change, change_of

SERIOUS = (REFUSED, CHANGED)


@dataclass
class Resolved:
    """A row with what it becomes. ``change`` is set for an update."""

    row: ImportRow
    read: ReadRow
    outcome: str
    record: Record | None = None
    change: Change | None = None

    @property
    def noted(self) -> str:
        levels = {note.level for note in self.read.notes}
        return next((level for level in SERIOUS if level in levels), "")


class Resolver:
    """Resolves rows of one import, many at a time."""

    def __init__(self, job: Import) -> None:
        self.job = job
        by_key = {column.key: column for column in columns_of(job.record_type)}
        self.columns = [by_key.get(key) for key in job.mapping]
        self.lookups = Lookups(job.office, job.file_names)
        self.reader = RowReader(self.columns, self.lookups, job.lunar)
        self._at = {column.kind: at for at, column in enumerate(self.columns) if column and column.kind in (CODE, IDENTIFIER)}

    def resolve(self, rows: Sequence[ImportRow]) -> list[Resolved]:
        """What each row becomes; ``row.code`` is set. The rows are in their order."""
        read = [self.reader.read(row.cells) for row in rows]
        for row, each in zip(rows, read, strict=True):
            row.code = self._key(row, each)
        earlier = self._earlier(rows)
        records = self._records(rows, read)
        resolved = []
        for row, each in zip(rows, read, strict=True):
            first = earlier.setdefault(row.code, row.number)
            if first != row.number and not self._is_example(each):
                each.notes.append(self._twice(row, each, first))
            resolved.append(self._resolved(row, each, records))
        return resolved

    def _key(self, row: ImportRow, read: ReadRow) -> str:
        """How the library knows the record: by its identifier, by the own code, else by all its words: nothing comes twice.

        The identifier comes first: in a table that was exported, two offices below may have given one code each.
        """
        if read.identifier:
            return read.identifier.strip()
        if read.code:
            return own_key(self.lookups, read.code)
        used = [text_of(cell) for cell, column in zip(row.cells, self.columns, strict=False) if column is not None]
        digest = hashlib.sha256(json.dumps([self.job.record_type, used], ensure_ascii=False).encode()).hexdigest()[:24]
        return own_key(self.lookups, f"~{digest}")

    def _earlier(self, rows: Sequence[ImportRow]) -> dict[str, int]:
        """Key → number of the first earlier row of the file with it."""
        keys = {row.code for row in rows}
        before = self.job.rows.filter(code__in=keys, number__lt=rows[0].number).order_by("-number")
        return dict(before.values_list("code", "number"))

    def _records(self, rows: Sequence[ImportRow], read: Sequence[ReadRow]) -> dict[str, Record]:
        """Own key or identifier → record that is there."""
        keys = [row.code for row in rows]
        identifiers = [each.identifier.strip() for each in read if each.identifier]
        found = Record.objects.select_related("office", "latest_revision")
        records: dict[str, Record] = {record.source_key or "": record for record in found.filter(source_key__in=keys)}
        if identifiers:
            records |= {record.identifier: record for record in found.filter(identifier__in=identifiers)}
        return records

    def _is_example(self, read: ReadRow) -> bool:
        return read.code.upper().startswith(EXAMPLE)

    def _twice(self, row: ImportRow, read: ReadRow, first: int) -> Note:
        if read.code and not read.identifier:
            allowed = _("Mã không trùng. Dòng %(row)d cũng ghi mã này.") % {"row": first}
            return Note(self._at[CODE], REFUSED, read.code, allowed)
        return Note(self._at.get(IDENTIFIER, -1), REFUSED, read.identifier, _("Dòng này giống hệt dòng %(row)d.") % {"row": first})

    def _resolved(self, row: ImportRow, read: ReadRow, records: dict[str, Record]) -> Resolved:
        if self._is_example(read):
            read.notes.clear()
            return Resolved(row, read, Outcome.SKIP)
        record = records.get(read.identifier.strip()) if read.identifier else records.get(row.code)
        if read.identifier and record is None:
            read.notes.append(Note(self._at[IDENTIFIER], REFUSED, read.identifier, _("Mã của một tư liệu đã có trong thư viện.")))
        if record is not None and (why := self._closed(record)):
            at = self._at.get(IDENTIFIER if read.identifier else CODE, -1)
            read.notes.append(Note(at, REFUSED, read.identifier or read.code, why))
        if read.refused:
            return Resolved(row, read, Outcome.REFUSE, record)
        if record is None:
            return Resolved(row, read, Outcome.CREATE)
        if self.job.existing == Existing.SKIP:
            return Resolved(row, read, Outcome.SKIP, record)
        change = change_of(record, read.content, replace=self.job.existing == Existing.REPLACE)
        return Resolved(row, read, Outcome.UPDATE if change else Outcome.SKIP, record, change)

    def _closed(self, record: Record) -> str:
        """Why the person may not change the record by an import; empty when the import may."""
        user: Any = self.job.user
        if not record.office.path.startswith(self.job.office.path):
            return _("Mã của một tư liệu thuộc cơ quan này.")
        if record.record_type != self.job.record_type:
            return _("Mã của một tư liệu cùng loại; tư liệu mang mã này thuộc loại “%(type)s”.") % {"type": record.type_label}
        if user is None or not record_policy().user_has_permission_for_instance(user, "change", record):
            return _("Tư liệu này bạn chưa có quyền sửa.")
        if record.locked or record.withdrawn_at or record.workflow_in_progress:
            return _("Tư liệu này đang chờ duyệt, đang khóa hoặc đã gỡ. Hãy chờ, hoặc bỏ dòng này.")
        return ""
