"""What a person does with single rows that are not imported yet: writes into a cell, leaves a row out, has it checked again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access import require_import
from ..cells.problems import SKIPPED, Note
from ..models import Import, ImportRow, Outcome, State
from ..sheets.limits import LONGEST_CELL
from ..sheets.table import cell_of
from .check import write_outcomes
from .match import require_state
from .resolve import Resolver


def mend(job: Import, number: int, column: int, text: str, *, user: Any) -> ImportRow:
    """Writes other words into one cell, and checks the row again. Raises ImportRow.DoesNotExist, ValidationError."""
    _require_rows(job, user)
    row = job.rows.get(number=number, finished=False)
    if not 0 <= column < len(job.header):
        raise ValidationError(_("Không có cột này."))
    cell = cell_of(text.replace("\r\n", "\n"))
    if not isinstance(cell, str):
        raise ValidationError(_("Ngắn hơn %(number)d chữ, và chỉ có chữ in ra được.") % {"number": LONGEST_CELL})
    before = row.cells
    row.cells = [*before, *[""] * (column + 1 - len(before))]
    row.cells[column] = cell
    return _checked(job, row, before, user, menders={user.pk})


def check_again(job: Import, number: int, *, user: Any) -> ImportRow:
    """Checks the row as it stands: its record was changed meanwhile, or somebody had left it out. Raises as ``mend``."""
    _require_rows(job, user)
    row = job.rows.get(number=number, finished=False)
    return _checked(job, row, row.cells, user, menders=set())


def leave_out(job: Import, number: int, *, user: Any) -> None:
    """Skips a row. Its code is free for another row of the file. Raises ValidationError."""
    _require_rows(job, user)
    with transaction.atomic():
        _touch(job)
        row = job.rows.select_for_update().filter(number=number, finished=False).first()
        if row is None:
            return
        freed, row.code, row.outcome, row.noted = row.code, "", Outcome.SKIP, ""
        row.notes = [Note(-1, SKIPPED, "", _("Đã có người bỏ dòng này.")).as_json()]
        row.save(update_fields=["code", "outcome", "noted", "notes"])
    _check_twins(job, freed)


def _require_rows(job: Import, user: Any) -> None:
    """Raises PermissionDenied, and ValidationError for a bag: its records come as they are, or not."""
    require_import(user)
    if job.bag:
        raise ValidationError(_("Gói lưu trữ được nhập nguyên như đã xuất. Hãy sửa ở nơi đã xuất gói."))


def _checked(job: Import, row: ImportRow, before: list[Any], user: Any, *, menders: set[int]) -> ImportRow:
    """Finds what the row becomes, then writes it, if nobody else wrote into the row meanwhile."""
    freed = row.code
    resolved = Resolver(job).resolve([row])
    with transaction.atomic():
        _touch(job)
        current = job.rows.select_for_update().get(pk=row.pk, finished=False)
        if current.cells != before:
            raise ValidationError(_("Người khác vừa sửa dòng này. Hãy xem lại rồi sửa tiếp."))
        row.menders = sorted({*current.menders, *menders})
        row.save(update_fields=["cells", "menders"])
        write_outcomes(resolved)
    if row.code != freed:
        _check_twins(job, freed)
    return row


def _check_twins(job: Import, code: str) -> None:
    """Checks the rows again that were refused because an earlier row had their code, and now has it no more."""
    rows = list(job.rows.filter(code=code, outcome=Outcome.REFUSE, finished=False).order_by("number")) if code else []
    resolved = Resolver(job).resolve(rows) if rows else []
    with transaction.atomic():
        _touch(job)
        write_outcomes(resolved)


def _touch(job: Import) -> None:
    """Locks the import, and notes that somebody works on it. Raises ValidationError when its rows may not be changed now."""
    require_state(job, State.CHECKED, State.DONE)
    Import.objects.filter(pk=job.pk).update(used_at=timezone.now())
