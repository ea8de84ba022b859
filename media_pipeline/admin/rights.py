"""What a member of staff may do in the media admin. The rights of readers are checked in ``delivery``."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.module_loading import import_string

from ..models import Asset


def visible_assets(user: Any) -> QuerySet[Asset]:
    """The assets a member of staff may work with; ``MEDIA_ADMIN_FILTER`` is the dotted name of the function that filters them."""
    assets = Asset.objects.select_related("original", "uploaded_by").prefetch_related("derivatives__blob", "jobs", "tracks")
    if not settings.MEDIA_ADMIN_FILTER:
        return assets
    filtered: QuerySet[Asset] = import_string(settings.MEDIA_ADMIN_FILTER)(user, assets)
    return filtered


def usage(user: Any, asset: Asset) -> list[tuple[str, str]]:
    """Name and address of each thing that uses the asset and that the person may see, from the function ``MEDIA_USAGE``."""
    if not settings.MEDIA_USAGE:
        return []
    places: list[tuple[str, str]] = import_string(settings.MEDIA_USAGE)(user, asset)
    return places


def require_permission(request: HttpRequest, action: str) -> None:
    """Raise PermissionDenied for people who may not do this with assets."""
    if not request.user.has_perm(f"media_pipeline.{action}_asset"):
        raise PermissionDenied
