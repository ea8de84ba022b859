"""The check before anything is written: what each row would become, and a report that an officer can mend by."""

from collections.abc import Sequence

from django.db import transaction

from background.leases import keep
from library.many_rows import update_many

from ..models import Import, ImportRow, State
from .resolve import Resolved, Resolver
from .rows import waiting_rows

ROWS_AT_ONCE = 500


def check_some(job: Import, resolver: Resolver) -> bool:
    """Checks the next rows. Returns whether rows are left; after the last one the import waits for a person. Raises LeaseLostError."""
    rows = list(waiting_rows(job, "")[:ROWS_AT_ONCE])
    resolved = resolver.resolve(rows)
    with transaction.atomic():
        keep(job, done=job.done + len(rows))
        write_outcomes(resolved)
        if len(rows) < ROWS_AT_ONCE:
            keep(job, state=State.CHECKED, problem="")
    return len(rows) == ROWS_AT_ONCE


def write_outcomes(resolved: Sequence[Resolved]) -> None:
    """Keeps the outcome, the key, the version and the notes of rows in few queries."""
    for each in resolved:
        each.row.outcome, each.row.noted, each.row.version = each.outcome, each.noted, each.version
        each.row.notes = [note.as_json() for note in each.read.notes]
    written = ((row.outcome, row.noted, row.notes, row.code, row.version, row.pk) for row in (each.row for each in resolved))
    update_many(ImportRow, written, ("outcome", "noted", "notes", "code", "version"))
