"""Who may edit in bulk, and which bulk edits a person sees. What may be done to a record is asked of the record, each time."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from library.records.access.permissions import record_policy

from .models import BulkEdit


def may_edit_in_bulk(user: Any) -> bool:
    """Whether the person may change some record at all: officers those of their offices, contributors their own drafts."""
    return bool(record_policy().user_has_permission(user, "change"))


def require_bulk_edit(user: Any) -> None:
    """Raises PermissionDenied for whoever may change no record."""
    if not may_edit_in_bulk(user):
        raise PermissionDenied


def bulk_edits_of(user: Any) -> "QuerySet[BulkEdit]":
    """The bulk edits that the person may see and go on with: the own ones; for officers those of the own office and of those below."""
    if not may_edit_in_bulk(user):
        return BulkEdit.objects.none()
    condition = Q(user=user)
    if user.viewer.office_path is not None:
        condition |= Q(office__path__startswith=user.viewer.office_path)
    return BulkEdit.objects.filter(condition).select_related("office", "user")
