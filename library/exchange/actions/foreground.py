"""An import done by this process from beginning to end, without the worker: for the command.

Each call is an import of its own. After one that was cut off, rows that are in the library already are found by their codes.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from library.accounts.models import Office
from library.records.profiles import profile

from ..access import require_import
from ..columns.column import IGNORED, UNSET
from ..columns.mapping import header_key
from ..models import Import
from ..sheets.sources import open_media
from .check import check_some
from .local_copy import scratch_folder
from .match import match_columns, run, undo
from .receive import read_from
from .resolve import Resolver
from .run import Runner
from .take_back import take_back_some

HELD = timedelta(days=1)  # no worker touches what this process does


def import_path(
    path: Path, *, user: Any, office: Office, record_type: str, chosen: Mapping[str, str], existing: str, write: bool
) -> Import:
    """Checks the table at the path, and with ``write`` imports the rows that are right. Raises SheetError, ValidationError.

    ``chosen``: name of a column → key of ours. Columns that nobody has chosen and nothing suggests are not imported.
    """
    require_import(user)
    if not office.path.startswith(user.office.path):
        raise PermissionDenied
    job = Import.objects.create(
        office=office,
        user=user,
        record_type=profile(record_type).code,
        file_name=path.name[:200],
        sha256=hashlib.sha256(str(path.resolve()).encode()).hexdigest(),
        leased_until=timezone.now() + HELD,
    )
    with scratch_folder(job) as folder:
        read_from(job, path, folder)
    by_header = {header_key(name): key for name, key in chosen.items()}
    mapping = [by_header.get(header_key(name), key) for name, key in zip(job.header, job.mapping, strict=True)]
    match_columns(job, [IGNORED if key == UNSET else key for key in mapping], [], existing, user=user)
    _hold(job)
    resolver = Resolver(job)
    _repeat(lambda: check_some(job, resolver))
    if write:
        run(job, user=user)
        _hold(job)
        with open_media(path) as media:
            _repeat(Runner(job, media).run_some)
    job.refresh_from_db()
    return job


def take_back(job: Import, *, user: Any) -> None:
    """Undoes a whole import."""
    undo(job, user=user)
    _hold(job)
    _repeat(lambda: take_back_some(job))
    job.refresh_from_db()


def _hold(job: Import) -> None:
    Import.objects.filter(pk=job.pk).update(leased_until=timezone.now() + HELD)


def _repeat(step: Callable[[], bool]) -> None:
    while step():
        pass
