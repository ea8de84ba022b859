"""The policy that the media gate asks: may this person have these bytes? The record's rule, and the file's own, decide."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from library.access import ANONYMOUS, PUBLIC, STAFF, Viewer, may_read_part, strictest
from media_pipeline import derivative_names as names
from media_pipeline.models import Asset, TextTrack

from ..models import Record, RecordMedia


def viewer_of(user: Any) -> Viewer:
    """The rights of a request's user, signed in or not."""
    return user.viewer if getattr(user, "is_authenticated", False) else ANONYMOUS


def admin_assets(user: Any, assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """The files a member of staff works with: own uploads, those of the office in charge, and those its records use."""
    own = Q(uploaded_by=user)
    path = viewer_of(user).office_path
    if path is not None:
        own |= Q(record_links__record__office__path__startswith=path)
        own |= Q(record_links=None, uploaded_by__office__path__startswith=path)
    return assets.filter(own).distinct()


def usage(user: Any, asset: Asset) -> list[tuple[str, str]]:
    """The records that use a file and that the person may see: title and address of the form."""
    records = Record.objects.visible_to(viewer_of(user)).filter(media__asset=asset).distinct()
    return [(record.title, reverse("wagtailsnippets_records_record:edit", args=[record.pk])) for record in records]


def may_read(user: Any, asset: Any, name: str) -> bool:
    """Whether the person may read one derivative, or the original, of an asset.

    A file that no record uses is its uploader's and the office's. A file in several records is open where any of them opens it.
    The original asks more than its copies: it may carry place and person, so it is for the office unless staff publish it.
    Words may ask more than their recording: by their own level, or because staff do not show them.
    """
    viewer = viewer_of(user)
    links = RecordMedia.objects.filter(asset=asset).select_related("record__office").prefetch_related("record__communities")
    if not links:
        return viewer.office_path is not None or (viewer.user_id is not None and asset.uploaded_by_id == viewer.user_id)
    floor = _floor(asset, name)
    return any(may_read_part(viewer, strictest(floor, link.own_access), link.record) for link in links)


def _floor(asset: Any, name: str) -> str:
    """The level that the bytes ask for by themselves, whatever their record says. A track that is not there is nobody's."""
    if name == names.ORIGINAL:
        return PUBLIC if asset.publish_original else STAFF
    if not names.is_text_track(name):
        return PUBLIC
    key = names.read_text_track(name)
    track = TextTrack.objects.filter(asset=asset, pk=key).first() if key is not None else None
    return (track.audience or PUBLIC) if track and track.shown else STAFF
