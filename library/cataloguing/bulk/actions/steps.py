"""What a person does with a bulk edit: begins it with a preview, runs it, stops it, takes it back. The worker does the rest."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from library.records.access.permissions import records_with_any_right

from ..access import require_bulk_edit
from ..changes.change import Change, Json
from ..changes.table import change_of
from ..models import BulkEdit, EditedRecord, State

MOST_RECORDS = 20_000
AT_ONCE = 1000  # rows or keys in one statement


def begin(keys: Iterable[int], change: Change, value: Json, *, user: Any) -> BulkEdit:
    """A bulk edit of those of the records on which the person has a right; the worker previews it. Writes nothing in any record."""
    require_bulk_edit(user)
    wanted = sorted(set(keys))
    if len(wanted) > MOST_RECORDS:
        raise ValidationError(_("Mỗi lần sửa nhiều nhất %(number)d tư liệu. Hãy lọc hẹp hơn.") % {"number": MOST_RECORDS})
    records = records_with_any_right(user)
    parts = [wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE)]
    known = [key for part in parts for key in records.filter(pk__in=part).order_by("pk").values_list("pk", flat=True)]
    if not known:
        raise ValidationError(_("Chưa chọn tư liệu nào."))
    with transaction.atomic():
        job = BulkEdit(user=user, actor=user, office=user.office, change=change.code, value=value, total=len(known))
        _begin(job, State.CHECKING, user)
        EditedRecord.objects.bulk_create(
            [EditedRecord(owner=job, number=number, record_id=key) for number, key in enumerate(known, 1)], batch_size=AT_ONCE
        )
    return job


def run(job: BulkEdit, *, user: Any) -> None:
    """Has the worker change what the preview named, in the name of this person; after a stop it goes on."""
    _move(job, user, State.RUNNING, State.CHECKED)


def stop(job: BulkEdit, *, user: Any) -> None:
    """Stops the run after the records that are being written; what is written stays."""
    _move(job, user, State.CHECKED, State.RUNNING)


def undo(job: BulkEdit, *, user: Any) -> None:
    """Has the worker give back, in the name of this person, what nobody has changed since."""
    change = change_of(job.change)
    if change is None or change.final:
        raise ValidationError(_("Quyết định duyệt không hoàn tác được; muốn khác thì trả lại hoặc gỡ tư liệu xuống."))
    _move(job, user, State.UNDOING, State.CHECKED, State.DONE)


def _move(job: BulkEdit, user: Any, state: str, *from_states: str) -> None:
    """Raises ValidationError when somebody else has moved the bulk edit on."""
    require_bulk_edit(user)
    with transaction.atomic():
        current = BulkEdit.objects.select_for_update().get(pk=job.pk)
        if current.state not in from_states:
            raise ValidationError(_("Lần sửa này vừa chuyển sang bước khác. Hãy mở lại trang."))
        job.refresh_from_db()
        _begin(job, state, user)


def _begin(job: BulkEdit, state: str, user: Any) -> None:
    job.state, job.done, job.actor, job.language = state, 0, user, translation.get_language() or "vi"
    job.step_began_at, job.finished_at = timezone.now(), None
    job.leased_until, job.lease_token = None, ""
    job.save()
