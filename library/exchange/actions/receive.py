"""Takes a file in: looks at its bytes, refuses what is no table, keeps it for the worker. Nothing is read into the library yet."""

import uuid
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import get_language

from background.leases import keep
from library.accounts.models import Office
from library.many_rows import Row
from library.records.profiles import profile
from media_pipeline.file_names import displayable
from media_pipeline.processes import scratch

from ..access import require_import
from ..columns.mapping import suggest
from ..columns.table import columns_of
from ..errors import SheetError
from ..models import Import, RememberedColumn, State
from ..sheets.sources import Media, kind_of, open_source
from ..sheets.table import Table
from .bags.reading import is_bag
from .local_copy import AREA, local_copy, receive_into, scratch_folder, store
from .rows import forget_rows, row_of, store_piece

ROWS_AT_ONCE = 1_000


def receive(user: Any, office: Office, record_type: str, stream: BinaryIO, name: str) -> Import:
    """A new import, waiting to be read. Raises SheetError for a file that is no table, PermissionDenied without the right."""
    require_import(user)
    if not office.path.startswith(user.office.path):
        raise PermissionDenied
    path = scratch.area(AREA) / f"{uuid.uuid4().hex}.upload"
    try:
        sha256 = receive_into(stream, path)
        bag = kind_of(path) == "archive" and is_bag(path)
        key = store(path, sha256)
    finally:
        path.unlink(missing_ok=True)
    return Import.objects.create(
        office=office,
        user=user,
        sent_by=user,
        language=(get_language() or "vi")[:2],
        bag=bag,
        record_type="" if bag else profile(record_type).code,
        file_name=displayable(name),
        key=key,
        sha256=sha256,
        step_began_at=timezone.now(),
    )


def read(job: Import) -> None:
    """Reads all rows of a table into the database, and suggests where its columns go. Raises SheetError. Safe to begin again."""
    with local_copy(job) as path, scratch_folder(job) as folder:
        read_from(job, path, folder)


def read_from(job: Import, path: Path, folder: Path) -> None:
    """The same for a file or a folder of this machine."""
    with open_source(path, folder) as (table, media):
        store_rows(job, table, media)


def store_rows(job: Import, table: Table, media: Media) -> None:
    """Keeps the rows as they came; each piece is a transaction of its own. Raises LeaseLostError."""
    forget_rows(job)
    rows: list[Row] = []
    total = 0
    for line in table.lines:
        rows.append(row_of(job, line.number, line.cells))
        if len(rows) == ROWS_AT_ONCE:
            total += store_piece(job, rows)
            rows = []
    total += store_piece(job, rows)
    if not total:
        raise SheetError("no_rows")
    remembered = dict(RememberedColumn.objects.filter(office=job.office, record_type=job.record_type).values_list("header", "key"))
    mapping = [match.key for match in suggest(table.header, columns_of(job.record_type), remembered)]
    keep(job, state=State.MAPPING, header=table.header, total=total, done=0, file_names=media.names(), mapping=mapping, problem="")
