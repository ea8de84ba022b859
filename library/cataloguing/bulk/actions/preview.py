"""The preview: what the change would do to each record. Writes the plan and nothing else."""

from django.db import transaction

from background.leases import keep
from library.records.models import Record

from ..changes.table import change_of
from ..models import BulkEdit, EditedRecord, State
from .plan import Plan, plan

RECORDS_AT_ONCE = 50


def preview_some(job: BulkEdit) -> bool:
    """Looks at the next records. Returns whether some are left; after the last one the bulk edit waits for a person.

    Raises LeaseLostError.
    """
    change = change_of(job.change)
    rows = list(job.records.filter(outcome="").order_by("number")[:RECORDS_AT_ONCE])
    records = Record.objects.select_related("office", "latest_revision").in_bulk([row.record_id for row in rows if row.record_id])
    for row in rows:
        record = records.get(row.record_id or 0)
        note(row, plan(change, job.value, record, job.actor))
        row.revision = record.latest_revision_id if record else None
    with transaction.atomic():
        keep(job, done=job.done + len(rows))
        EditedRecord.objects.bulk_update(rows, ["outcome", "reason", "before", "after", "revision"])
        if len(rows) < RECORDS_AT_ONCE:
            keep(job, state=State.CHECKED)
    return len(rows) == RECORDS_AT_ONCE


def note(row: EditedRecord, planned: Plan) -> None:
    """Writes the plan into the row, in memory."""
    row.outcome, row.reason, row.before, row.after = planned.outcome, planned.reason, planned.before, planned.after
