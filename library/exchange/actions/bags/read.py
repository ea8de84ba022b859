"""Reads a bag into rows: the identifier and the title of each record. Nothing is believed before every checksum is right."""

from pathlib import Path

from django.utils.translation import gettext as _

from background.leases import keep
from library.many_rows import Row

from ...columns.column import IGNORED
from ...errors import SheetError
from ...models import Import, State
from ...sheets.limits import MOST_ROWS
from ..rows import forget_rows, row_of, store_piece
from .reading import open_bag

ROWS_AT_ONCE = 1_000
LONGEST_IDENTIFIER, LONGEST_TITLE = 60, 400


def read_bag(job: Import, path: Path) -> None:
    """Keeps a row for each record, and has them checked. Raises SheetError, LeaseLostError. Safe to begin again."""
    with open_bag(path) as bag:
        forget_rows(job)
        rows: list[Row] = []
        total = 0
        for total, record in enumerate(bag.records(), 1):
            if total > MOST_ROWS:
                raise SheetError("too_many_rows")
            cells = [str(record.get("identifier", ""))[:LONGEST_IDENTIFIER], str(record.get("title_vi", ""))[:LONGEST_TITLE]]
            rows.append(row_of(job, total, cells))
            if len(rows) == ROWS_AT_ONCE:
                store_piece(job, rows)
                rows = []
        store_piece(job, rows)
    if not total:
        raise SheetError("no_rows")
    header, mapping = [_("Mã trong gói"), _("Tên")], [IGNORED, "title_vi"]
    keep(job, state=State.CHECKING, header=header, mapping=mapping, total=total, done=0, problem="")
