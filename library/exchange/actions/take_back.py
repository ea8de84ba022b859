"""Takes an import back: deletes the drafts that it made, gives updated records their content again. What people changed since stays."""

from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from wagtail.log_actions import log

from background.leases import keep
from library.records.actions.keywords import delete_unused_keywords, drafts_hold
from library.records.actions.save_version import save_version
from library.records.models import Record, RecordPerson, RecordRelation
from media_pipeline import actions as media
from media_pipeline.models import Asset

from ..models import Import, ImportedRecord, State

RECORDS_AT_ONCE = 100
UNDONE, CHANGED, USED = "undone", "changed", "used"
DELETED = "wagtail.delete"  # its action in the audit log


def take_back_some(job: Import) -> bool:
    """Takes the next records back, in one transaction, the last ones first. Returns whether some are left. Raises LeaseLostError."""
    with transaction.atomic():
        keep(job)
        rows = list(job.records.filter(undone="").order_by("-number")[:RECORDS_AT_ONCE])
        _part(job, rows)
        for row in rows:
            row.undone = _take_back(row, job.user)
        ImportedRecord.objects.bulk_update(rows, ["undone"])
        keep(job, done=job.done + len(rows))
        if len(rows) < RECORDS_AT_ONCE:
            _remove_what_nobody_uses(job)
            keep(job, state=State.UNDONE, finished_at=timezone.now(), used_at=timezone.now())
    return len(rows) == RECORDS_AT_ONCE


def _part(job: Import, rows: list[ImportedRecord]) -> None:
    """Lets records of the import that go point no more to others that go now: else each would keep the other."""
    untouched = job.records.filter(created=True, undone="", record__updated_at=F("saved_at"), record__latest_revision=None)
    going, now = untouched.values("record"), [row.record_id for row in rows]
    RecordRelation.objects.filter(record__in=going, target__in=now).delete()
    RecordPerson.objects.filter(record__in=going, person__in=now).delete()


def _take_back(row: ImportedRecord, user: Any) -> str:
    record = Record.objects.select_for_update().filter(pk=row.record_id).first() if row.record_id else None
    if record is None:
        return UNDONE  # somebody has deleted it already
    if _changed_since(record, row):
        return CHANGED
    if row.created:
        return _delete(record, user)
    draft = record.with_content_json(row.before)
    save_version(draft, user)
    return UNDONE


def _changed_since(record: Record, row: ImportedRecord) -> bool:
    """Whether anybody worked on the record since: a newer version, a publication, another office, a withdrawal."""
    if row.created and (record.live or record.first_published_at or record.withdrawn_at or record.workflow_in_progress):
        return True
    return record.updated_at != row.saved_at or record.latest_revision_id != row.revision


def _delete(record: Record, user: Any) -> str:
    try:
        with transaction.atomic():
            log(instance=record, action=DELETED, user=user, deleted=True)
            record.delete()
    except ProtectedError:  # another record points to it
        return USED
    return UNDONE


def _remove_what_nobody_uses(job: Import) -> None:
    """Withdraws the files and deletes the new keywords of the import that no record and no draft of a record has."""
    in_drafts = {row["asset"] for rows in drafts_hold("media", job.created_at) for row in rows}
    unused = Asset.objects.filter(pk__in=job.files.values("asset"), record_links=None).exclude(state=Asset.State.WITHDRAWN)
    for asset in unused:
        if asset.pk not in in_drafts:
            media.withdraw(asset, user=job.user)
    delete_unused_keywords(job.keywords.values_list("keyword", flat=True), job.created_at)
