"""An import done by this process from beginning to end, without the worker: for the command.

Each call is an import of its own. One that was cut off ends in the worker, as far as it needs no file of this machine; in the next
call rows that are in the library already are found by their codes.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from background.leases import Heartbeat, LeaseLostError, claim, keep, release
from library.accounts.models import Office
from library.records.profiles import profile

from ..access import require_import
from ..columns.column import IGNORED, UNSET
from ..columns.mapping import header_key
from ..errors import SheetError
from ..models import Import, State
from ..sheets.sources import open_media
from .bags.read import read_bag
from .bags.reading import open_read_bag
from .bags.take import BagWork
from .check import check_some
from .local_copy import scratch_folder
from .match import match_columns, run, undo
from .receive import read_from
from .resolve import Resolver
from .run import Runner
from .take_back import take_back_some


def import_path(
    path: Path, *, user: Any, office: Office, record_type: str, chosen: Mapping[str, str], existing: str, write: bool
) -> Import:
    """Checks the table at the path, and with ``write`` imports the rows that are right. Raises SheetError, ValidationError.

    ``chosen``: name of a column → key of ours. Columns that nobody has chosen and nothing suggests are not imported.
    """
    require_import(user)
    if not office.path.startswith(user.office.path):
        raise PermissionDenied
    new = Import(
        office=office,
        user=user,
        sent_by=user,
        record_type=profile(record_type).code,
        file_name=path.name[:200],
        sha256=hashlib.sha256(str(path.resolve()).encode()).hexdigest(),
    )
    with _held(new, new.save) as job, scratch_folder(job) as folder:
        read_from(job, path, folder)
    by_header = {header_key(name): key for name, key in chosen.items()}
    mapping = [by_header.get(header_key(name), key) for name, key in zip(job.header, job.mapping, strict=True)]
    mapping = [IGNORED if key == UNSET else key for key in mapping]
    with _held(job, lambda: match_columns(job, mapping, [], existing, user=user)) as job:
        resolver = Resolver(job)
        _repeat(lambda: check_some(job, resolver))
    if write:
        with _held(job, lambda: run(job, user=user)) as job, open_media(path) as media:
            _repeat(Runner(job, media).run_some)
    job.refresh_from_db()
    return job


def import_bag(path: Path, *, user: Any, office: Office, write: bool) -> Import:
    """Checks a bag at the path, and with ``write`` imports its records. Raises SheetError, and Waiting while files cannot be taken in."""
    require_import(user)
    if not office.path.startswith(user.office.path):
        raise PermissionDenied
    new = Import(office=office, user=user, sent_by=user, bag=True, file_name=path.name[:200])
    with _held(new, new.save) as job:
        read_bag(job, path)
        with open_read_bag(path) as bag:
            _repeat(BagWork(job, bag).check_some)
    if write:
        with _held(job, lambda: run(job, user=user)) as job, open_read_bag(path) as bag:
            _repeat(BagWork(job, bag).run_some)
    job.refresh_from_db()
    return job


def take_back(job: Import, *, user: Any) -> None:
    """Undoes a whole import."""
    with _held(job, lambda: undo(job, user=user)) as held:
        _repeat(lambda: take_back_some(held))
    job.refresh_from_db()


@contextmanager
def _held(job: Import, move: Callable[[], object]) -> Iterator[Import]:
    """Moves the import on, and holds it: no worker sees the step before it has this process's lease. Raises LeaseLostError."""
    with transaction.atomic():
        move()
        held = claim(Import.objects.filter(pk=job.pk).select_related("office", "user"))
    if held is None:
        raise LeaseLostError
    try:
        with Heartbeat(held):
            yield held
    except SheetError as error:
        keep(held, state=State.REFUSED if held.state == State.READING else State.CHECKED, problem=error.message)
        raise
    finally:
        release(held)


def _repeat(step: Callable[[], bool]) -> None:
    while step():
        pass
