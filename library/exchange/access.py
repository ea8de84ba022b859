"""Who may import and export what. An import belongs to an office and is seen from above; an export belongs to one person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from library.records.access.permissions import ANY_ACTION, record_policy

from .models import Export, Import


def may_import(user: Any) -> bool:
    """Whether the person may import at all: an officer with an office who may create records and change those of the office."""
    policy = record_policy()
    rights = user.has_perm("records.add_record") and user.has_perm("records.change_record") and user.has_perm("media_pipeline.add_asset")
    return bool(rights and user.office_id and policy.user_has_permission(user, "add"))


def require_import(user: Any) -> None:
    """Raises PermissionDenied for whoever may not import."""
    if not may_import(user):
        raise PermissionDenied


def imports_of(user: Any) -> "QuerySet[Import]":
    """The imports that the person may see and go on with: those of the own office and of the offices below it."""
    if not may_import(user):
        return Import.objects.none()
    return Import.objects.filter(office__path__startswith=user.office.path).select_related("office", "user")


def may_export(user: Any) -> bool:
    """Whether the person works with records at all. What an export holds is asked of the access rule, record by record."""
    return bool(user.is_active and record_policy().user_has_any_permission(user, ANY_ACTION))


def require_export(user: Any) -> None:
    """Raises PermissionDenied for whoever may not export."""
    if not may_export(user):
        raise PermissionDenied


def exports_of(user: Any) -> "QuerySet[Export]":
    """The exports of this person: nobody else sees them, for they hold what this person may see."""
    return Export.objects.filter(user=user) if may_export(user) else Export.objects.none()


def may_change_template(user: Any) -> bool:
    """Whether the person decides how the sheets of her office look: a reviewer with an office."""
    return bool(user.office_id and user.has_perm("records.publish_record"))
