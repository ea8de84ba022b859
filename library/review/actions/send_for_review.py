"""The verb that sends a record for review, as the button of its form does."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from library.records.access.permissions import record_policy
from library.records.actions.requirements import check_reviewable
from library.records.actions.save_version import save_version
from library.records.models import Record


def check_sending(record: Record, user: Any) -> None:
    """Raises ``PermissionDenied`` without the right to change the record, ``ValidationError`` for one that cannot be reviewed now."""
    if not record_policy().user_has_permission_for_instance(user, "change", record):
        raise PermissionDenied
    if record.live and not record.has_unpublished_changes:
        raise ValidationError(_("Tư liệu đã đăng và không có gì mới để duyệt."))
    if record.workflow_in_progress:
        raise ValidationError(_("Tư liệu đang chờ duyệt."))
    if record.get_workflow() is None:
        raise PermissionDenied
    check_reviewable(record.get_latest_revision_as_object() if record.latest_revision_id else record)


@transaction.atomic
def send_for_review(record: Record, user: Any) -> None:
    """Sends the newest version for review. One that was sent back goes on at the office that sent it back. Raises as ``check_sending``."""
    locked = Record.objects.select_for_update().get(pk=record.pk)
    check_sending(locked, user)
    if locked.latest_revision_id is None:
        save_version(locked, user)
    state = locked.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        locked.get_workflow().start(locked, user)
