"""Changes the records and gives their values back, some in each transaction, together with the note that it is done.

Every check is asked again, with the record locked: between preview and change a record may go to another office or be sent for review.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from background.leases import keep
from library.records.actions.authors import add_authors
from library.records.actions.keywords import delete_unused_keywords
from library.records.models import Record
from library.records.models.keywords import KeywordTag

from ..changes.change import Change, ContentChange
from ..changes.table import change_of
from ..models import BulkEdit, EditedRecord, Outcome, State
from .plan import Plan, plan, reason_of
from .preview import note

RECORDS_AT_ONCE = 20
UNDONE, CHANGED, REFUSED = "undone", "changed", "refused"


def run_some(job: BulkEdit) -> bool:
    """Changes the next records. Returns whether some are left. Raises LeaseLostError."""
    change = change_of(job.change)
    with transaction.atomic():
        _hold(job)
        rows = list(job.records.filter(outcome=Outcome.CHANGE, finished=False).order_by("number")[:RECORDS_AT_ONCE])
        names = set(change.keywords(job.value)) if change else set()
        known = set(KeywordTag.objects.filter(name__in=names).values_list("name", flat=True))
        for row in rows:
            _change(row, change, job)
        if fresh := list(KeywordTag.objects.filter(name__in=names - known).values_list("pk", flat=True)):
            keep(job, keywords=[*job.keywords, *fresh])
        EditedRecord.objects.bulk_update(rows, ["outcome", "reason", "before", "after", "finished"])
        return _count(job, len(rows), State.DONE)


def take_back_some(job: BulkEdit) -> bool:
    """Gives the next records their values back, where nobody has changed them since. Returns whether some are left.

    Raises LeaseLostError.
    """
    change = change_of(job.change)
    with transaction.atomic():
        _hold(job)
        rows = list(job.records.filter(finished=True, undone="").order_by("number")[:RECORDS_AT_ONCE])
        for row in rows:
            row.undone = _take_back(row, change, job.actor)
        EditedRecord.objects.bulk_update(rows, ["undone", "reason"])
        if len(rows) < RECORDS_AT_ONCE:
            delete_unused_keywords(job.keywords, job.created_at)
        return _count(job, len(rows), State.UNDONE)


def _hold(job: BulkEdit) -> None:
    """Locks the bulk edit, and reads its actor anew, with the rights that she has now. Raises LeaseLostError."""
    keep(job)
    job.refresh_from_db(fields=["actor"])


def _count(job: BulkEdit, number: int, end: str) -> bool:
    keep(job, done=job.done + number)
    if number < RECORDS_AT_ONCE:
        keep(job, state=end, finished_at=timezone.now())
    return number == RECORDS_AT_ONCE


def _change(row: EditedRecord, change: Change | None, job: BulkEdit) -> None:
    """Plans anew, and writes. A record that is refused now stays as it is, and the others go on."""
    record = _locked(row)
    planned = plan(change, job.value, record, job.actor)
    if record is not None and change is not None and planned.outcome == Outcome.CHANGE:
        try:
            if change.reads_version and row.revision != record.latest_revision_id:
                raise ValidationError(_("Tư liệu vừa có bản mới hơn bản bạn đã xem."))
            with transaction.atomic():
                change.write(record, planned.after, job.actor)
                if isinstance(change, ContentChange):
                    _add_author(record, job)
            written = change.read(Record.objects.select_related("office").get(pk=record.pk))
            planned = Plan(Outcome.CHANGE, planned.before, written)
            row.finished = True
        except (ValidationError, PermissionDenied) as error:
            planned = Plan(Outcome.REFUSE, reason=reason_of(error))
    note(row, planned)


def _add_author(record: Record, job: BulkEdit) -> None:
    """Who chose the value wrote it too, where another person runs the bulk edit."""
    if job.user_id is not None and job.user_id != job.actor_id:
        add_authors([(record.pk, job.user_id)])


def _take_back(row: EditedRecord, change: Change | None, user: Any) -> str:
    record = _locked(row)
    if record is None or change is None or change.read(record) != row.after:
        return CHANGED
    try:
        if user is None or not user.is_active:
            raise PermissionDenied
        change.check_undo(record, row.before, user)
        change.check_writing(record, row.before)
        with transaction.atomic():
            change.write(record, row.before, user)
    except (ValidationError, PermissionDenied) as error:
        row.reason = reason_of(error)
        return REFUSED
    return UNDONE


def _locked(row: EditedRecord) -> Record | None:
    """The record as it is now, locked until the transaction ends; None when it is gone."""
    if row.record_id is None:
        return None
    return Record.objects.select_for_update(of=("self",)).select_related("office").filter(pk=row.record_id).first()
