"""The access policy of files: the media pipeline asks it before it delivers bytes. Record and file both decide.

The setting MEDIA_ACCESS_POLICY names ``may_read`` to the media pipeline, which knows no record.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from library.access import ANONYMOUS, PUBLIC, STAFF, Viewer, may_read_part, strictest
from media_pipeline import derivative_names as names
from media_pipeline.models import Asset, TextTrack

from ..models import Record, RecordMedia


def viewer_of(user: Any) -> Viewer:
    """The rights of the user of a request, who may be anonymous."""
    return user.viewer if getattr(user, "is_authenticated", False) else ANONYMOUS


def admin_assets(user: Any, assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """The files that a member of staff works with: own uploads, files of the office's records, and unused uploads of the office."""
    condition = Q(uploaded_by=user)
    path = viewer_of(user).office_path
    if path is not None:
        condition |= Q(record_links__record__office__path__startswith=path)
        condition |= Q(record_links=None, uploaded_by__office__path__startswith=path)
    return assets.filter(condition).distinct()


def usage(user: Any, asset: Asset) -> list[tuple[str, str]]:
    """Title and edit address of each record that uses the file and that the person may see."""
    records = Record.objects.visible_to(viewer_of(user)).filter(media__asset=asset).distinct()
    return [(record.title, reverse("wagtailsnippets_records_record:edit", args=[record.pk])) for record in records]


def may_read(user: Any, asset: Any, name: str) -> bool:
    """Whether the person may read one derivative, or the original, of an asset.

    - A file that no record uses may be read by its uploader and by officers.
    - A file in several records may be read when one of the records allows it.
    - The original needs the level "staff" unless staff publish it: its metadata may name a place and a person.
    - A text track may need a stricter level than its recording: its own level, or "staff" while it is not shown to readers.
    """
    viewer = viewer_of(user)
    links = RecordMedia.objects.filter(asset=asset).select_related("record__office").prefetch_related("record__communities")
    if not links:
        return viewer.office_path is not None or (viewer.user_id is not None and asset.uploaded_by_id == viewer.user_id)
    file_level = _level_of_file(asset, name)
    return any(may_read_part(viewer, strictest(file_level, link.own_access), link.record) for link in links)


def _level_of_file(asset: Any, name: str) -> str:
    """The level that the file itself needs, whatever its record says. ``staff`` for a text track that does not exist."""
    if name == names.ORIGINAL:
        return PUBLIC if asset.publish_original else STAFF
    if not names.is_text_track(name):
        return PUBLIC
    key = names.read_text_track(name)
    track = TextTrack.objects.filter(asset=asset, pk=key).first() if key is not None else None
    return (track.audience or PUBLIC) if track and track.shown else STAFF
