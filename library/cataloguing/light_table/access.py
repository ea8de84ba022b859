"""Who may use the light table, and which tables a person sees. What may be done with a file or a record is asked of them, each time."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from library.records.access.files import admin_assets
from library.records.access.permissions import record_policy
from media_pipeline.models import Asset

from .models import LightTable


def may_use(user: Any) -> bool:
    """Whether the person may bring photographs and make records of them: with an office, contributors too."""
    rights = user.has_perm("media_pipeline.add_asset") and record_policy().user_has_permission(user, "add")
    return bool(rights and user.office_id)


def require_use(user: Any) -> None:
    """Raises PermissionDenied for whoever may not use the light table."""
    if not may_use(user):
        raise PermissionDenied


def tables_of(user: Any) -> "QuerySet[LightTable]":
    """The tables that the person may see and work on: the own ones; for officers those of the own office and of those below."""
    if not may_use(user):
        return LightTable.objects.none()
    condition = Q(user=user)
    if user.viewer.office_path is not None:
        condition |= Q(office__path__startswith=user.viewer.office_path)
    return LightTable.objects.filter(condition).select_related("office", "user", "rights")


def workable_assets(user: Any) -> "QuerySet[Asset]":
    """The files that the person may work with: the same rule as in the list of files."""
    return admin_assets(user, Asset.objects.all())
