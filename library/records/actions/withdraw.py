"""Verbs that hide a record at every door at once, leaving a tombstone, and bring it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ..access.permissions import record_policy
from ..models import Record
from ..models.choices import ReviewState


def withdraw(record: Record, *, user: Any, reason: str) -> None:
    """Withdraws the record: its page answers 410, its files 404, and no list, count or feed knows it any more.

    The reason is for the office; readers see only that it was withdrawn. Raises ``PermissionDenied`` without the right.
    """
    require_charge(user, record)
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=record.pk)
        locked.withdrawn_at = timezone.now()
        locked.withdrawn_reason = reason
        locked.review_state = ReviewState.WITHDRAWN
        locked.live = False
        locked.live_revision = None
        locked.has_unpublished_changes = True
        locked.save()
        _stop_what_would_publish_it(locked, user)
        log(instance=locked, action="records.withdraw", user=user, data={"reason": reason})
    record.refresh_from_db()


def restore(record: Record, *, user: Any) -> None:
    """Brings a withdrawn record back as a draft: publishing it again is a second, separate decision."""
    require_charge(user, record)
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=record.pk)
        locked.withdrawn_at = None
        locked.withdrawn_reason = ""
        locked.review_state = ReviewState.DRAFT
        locked.save()
        log(instance=locked, action="records.restore", user=user)
    record.refresh_from_db()


def _stop_what_would_publish_it(record: Record, user: Any) -> None:
    """No schedule and no review under way may bring the record back by itself."""
    record.revisions.update(approved_go_live_at=None)
    if workflow_state := record.current_workflow_state:
        workflow_state.cancel(user=user)


def require_charge(user: Any, record: Record) -> None:
    """Raises ``PermissionDenied`` unless the person may withdraw records of this record's office, and may see this one."""
    if not record_policy().user_has_permission_for_instance(user, "withdraw", record):
        raise PermissionDenied
