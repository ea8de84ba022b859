"""The access policy of files: which files, and which parts of a file, a person may read or work with. Record and file both decide.

Settings name these functions to the media pipeline, which knows no record: delivery, public links and the media admin ask the same rule.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from library.access import ANONYMOUS, PUBLIC, STAFF, Viewer, may_read_part, parts_visible_to, strictest
from media_pipeline import derivative_names as names
from media_pipeline.models import Asset, TextTrack

from ..models import Record, RecordMedia


def viewer_of(user: Any) -> Viewer:
    """The rights of the user of a request, who may be anonymous."""
    return user.viewer if getattr(user, "is_authenticated", False) else ANONYMOUS


def admin_assets(user: Any, assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """The files that a member of staff works with. Nobody works with a file that the person may not see on the page.

    - A file in records: its uploader and the office in charge of a record, if they may see that record and the file in it.
    - A file that no record uses: its uploader, and the uploader's office.
    - A withdrawn file: archivists.
    """
    viewer = viewer_of(user)
    links = RecordMedia.objects.filter(asset=OuterRef("pk"))
    readable_links = links.filter(parts_visible_to(viewer, "record__", "own_access"))
    own = Q(uploaded_by=user)
    condition = Exists(readable_links) & own | ~Exists(links) & own
    if viewer.office_path is not None:
        condition |= Q(Exists(readable_links.filter(record__office__path__startswith=viewer.office_path)))
        condition |= ~Exists(links) & Q(uploaded_by__office__path__startswith=viewer.office_path)
    if not viewer.archivist:
        assets = assets.exclude(state=Asset.State.WITHDRAWN)
    return assets.filter(condition)


def usage(user: Any, asset: Asset) -> list[tuple[str, str]]:
    """Title and edit address of each record that uses the file and that the person may see."""
    records = Record.objects.visible_to(viewer_of(user)).filter(media__asset=asset).distinct()
    return [(record.title, reverse("wagtailsnippets_records_record:edit", args=[record.pk])) for record in records]


def readable(user: Any, asset: Asset, parts: Collection[str]) -> frozenset[str]:
    """Those of the named parts of a file (derivatives, the original, text tracks) that the person may read.

    - A file that no record uses may be read by its uploader and by the uploader's office.
    - A file in several records may be read when one of the records allows it.
    - The original needs the level "staff" unless staff publish it: its metadata may name a place and a person.
    - A text track may need a stricter level than its recording: its own level, or "staff" while it is not shown to readers.

    The number of queries does not depend on the number of parts.
    """
    viewer = viewer_of(user)
    links = list(RecordMedia.objects.filter(asset=asset).select_related("record__office").prefetch_related("record__communities"))
    if not links:
        return frozenset(parts) if _of_uploader(viewer, asset) else frozenset()
    levels = _levels_of_parts(asset, parts)
    return frozenset(
        part
        for part, level in levels.items()
        if any(may_read_part(viewer, strictest(level, link.own_access), link.record) for link in links)
    )


def level_of_track(track: TextTrack) -> str:
    """The level that a text track needs, whatever its record and its recording say."""
    return (track.audience or PUBLIC) if track.shown else STAFF


def _of_uploader(viewer: Viewer, asset: Asset) -> bool:
    """Whether the person uploaded the file, or is an officer of the uploader's office or of one above it."""
    if asset.uploaded_by is None:
        return False
    office = asset.uploaded_by.office
    return asset.uploaded_by_id == viewer.user_id or (
        office is not None and viewer.office_path is not None and office.path.startswith(viewer.office_path)
    )


def _levels_of_parts(asset: Asset, parts: Collection[str]) -> dict[str, str]:
    """Part → the level that it needs by itself; ``staff`` for a text track that does not exist."""
    levels = dict.fromkeys(parts, PUBLIC)
    if names.ORIGINAL in levels:
        levels[names.ORIGINAL] = PUBLIC if asset.publish_original else STAFF
    keys = {part: names.read_text_track(part) for part in parts if names.is_text_track(part)}
    if keys:
        tracks = TextTrack.objects.filter(asset=asset).in_bulk([key for key in keys.values() if key is not None])
        levels |= {part: level_of_track(tracks[key]) if key in tracks else STAFF for part, key in keys.items()}
    return levels
