"""What a member of staff may do in the media admin: the files and words to work with follow the same rule as delivery."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string

from ..delivery.policy import readable, workable
from ..models import Asset, TextTrack


class VisibleAssetMixin:
    """Mixed into every view of one file: Wagtail checks rights on the model only, this answers 404 for a file of others."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in kwargs:
            get_object_or_404(visible_assets(request.user), pk=kwargs["pk"])
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


def visible_assets(user: Any) -> QuerySet[Asset]:
    """The assets a member of staff may work with, with what lists of them show."""
    assets = Asset.objects.select_related("original", "uploaded_by").prefetch_related("derivatives__blob", "jobs", "tracks")
    return workable(user, assets)


def readable_tracks(user: Any, asset: Asset) -> list[TextTrack]:
    """The text tracks of a file that the person may read: a track may be more restricted than its recording."""
    tracks = list(asset.tracks.all())
    allowed = readable(user, asset, {track.name for track in tracks}) if tracks else frozenset()
    return [track for track in tracks if track.name in allowed]


def usage(user: Any, asset: Asset) -> list[tuple[str, str]]:
    """Name and address of each thing that uses the asset and that the person may see, from the function ``MEDIA_USAGE``."""
    if not settings.MEDIA_USAGE:
        return []
    places: list[tuple[str, str]] = import_string(settings.MEDIA_USAGE)(user, asset)
    return places


def require_permission(request: HttpRequest, *actions: str) -> None:
    """Raise PermissionDenied for people who may do none of these with assets."""
    if not any(request.user.has_perm(f"media_pipeline.{action}_asset") for action in actions):
        raise PermissionDenied
