"""Takes an import back: deletes the drafts that it made, gives updated records their content again. What people changed since stays."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from library.records.actions.save_version import save_version
from library.records.models import Record

from ..models import Import, ImportedRecord, State

RECORDS_AT_ONCE = 100
UNDONE, CHANGED, USED = "undone", "changed", "used"


def take_back_some(job: Import) -> bool:
    """Takes the next records back, in one transaction, the last ones first. Returns whether some are left."""
    with transaction.atomic():
        rows = list(job.records.filter(undone="").order_by("-number")[:RECORDS_AT_ONCE])
        for row in rows:
            row.undone = _take_back(row)
        ImportedRecord.objects.bulk_update(rows, ["undone"])
        job.done += len(rows)
        Import.objects.filter(pk=job.pk).update(done=job.done)
        if len(rows) == RECORDS_AT_ONCE:
            return True
        Import.objects.filter(pk=job.pk).update(state=State.UNDONE, finished_at=timezone.now())
    return False


def _take_back(row: ImportedRecord) -> str:
    record = Record.objects.select_for_update().filter(pk=row.record_id).first() if row.record_id else None
    if record is None:
        return UNDONE  # somebody has deleted it already
    if _changed_since(record, row):
        return CHANGED
    if row.created:
        return _delete(record)
    draft = record.with_content_json(row.before)
    save_version(draft, row.owner.user)
    return UNDONE


def _changed_since(record: Record, row: ImportedRecord) -> bool:
    """Whether anybody worked on the record since: a newer version, a publication, another office, a withdrawal."""
    if row.created and (record.live or record.first_published_at or record.withdrawn_at or record.workflow_in_progress):
        return True
    return record.updated_at != row.saved_at or record.latest_revision_id != row.revision


def _delete(record: Record) -> str:
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:  # another record points to it
        return USED
    return UNDONE
