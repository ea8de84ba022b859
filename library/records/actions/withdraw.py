"""The actions that withdraw a record from the public, and restore it. A withdrawn record leaves a tombstone page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log, registry

from ..access.permissions import of_own_office, record_policy
from ..models import Record
from ..models.choices import ReviewState

WITHDRAWAL = "records.withdraw"  # its action in the audit log


def withdraw(record: Record, *, user: Any, reason: str) -> None:
    """Withdraws the record: its page answers 410, its files 404, and no list or feed contains it.

    The numbers of records on public pages may count it for some seconds more in other processes (``PUBLIC_COUNTS_SECONDS``).
    Only the office can read the reason; readers see only that the record was withdrawn. Raises ``PermissionDenied`` without the right.
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
        _cancel_publication(locked, user)
        log(instance=locked, action=WITHDRAWAL, user=user, data={"reason": reason})
    record.refresh_from_db()


def restore(record: Record, *, user: Any) -> None:
    """Makes a withdrawn record a draft again; to publish it is a decision of its own. Raises ``PermissionDenied`` without the right."""
    if not may_restore(user, record):
        raise PermissionDenied
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=record.pk)
        locked.withdrawn_at = None
        locked.withdrawn_reason = ""
        locked.review_state = ReviewState.DRAFT
        locked.save()
        log(instance=locked, action="records.restore", user=user)
    record.refresh_from_db()


def _cancel_publication(record: Record, user: Any) -> None:
    """Cancels scheduled publication and running reviews: neither may publish the withdrawn record."""
    record.revisions.update(approved_go_live_at=None)
    if workflow_state := record.current_workflow_state:
        workflow_state.cancel(user=user)


def may_restore(user: Any, record: Record) -> bool:
    """Whether the person may restore it: who is in charge and sees it; and who withdrew it, perhaps by mistake."""
    if record_policy().user_has_permission_for_instance(user, "withdraw", record):
        return True
    if record.withdrawn_at is None or not of_own_office(user, record) or not user.has_perm("records.withdraw_record"):
        return False
    last = registry.get_logs_for_instance(record).filter(action=WITHDRAWAL).order_by("-timestamp", "-pk").first()
    return last is not None and last.user_id == user.pk


def require_charge(user: Any, record: Record) -> None:
    """Raises ``PermissionDenied`` unless the person may see the record and may withdraw records of its office."""
    if not record_policy().user_has_permission_for_instance(user, "withdraw", record):
        raise PermissionDenied
