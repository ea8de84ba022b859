"""A track as plain values and back: for packages that carry recordings with their words to another library."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import Asset, Segment, TextTrack
from ..text.cleaning import clean
from .cues import Cue, InvalidLine, TrackError, check, name_of
from .editing import IMPORTED, announce

TOLD = ("role", "language", "source", "reviewed", "audience", "shown")
MOST_PAGES = 100_000


def told(track: TextTrack) -> dict[str, Any]:
    """The track as JSON: ``segments`` are lists of start and end in milliseconds, page, speaker and text. Boxes on pages are left out."""
    segments = track.segments.all()
    return {name: getattr(track, name) for name in TOLD} | {
        "segments": [[each.start_ms, each.end_ms, each.page, each.speaker, each.text] for each in segments]
    }


@transaction.atomic
def take(asset: Asset, values: Mapping[str, Any], *, user: Any = None) -> TextTrack:
    """A new track of the asset from what ``told`` gave. Raises TrackError for what no track may be; KeyError, TypeError for more."""
    track = TextTrack(asset=asset, **{name: values[name] for name in TOLD})
    if track.role not in TextTrack.Role.values or track.source not in TextTrack.Source.values:
        raise TrackError([InvalidLine(0, _("Vai trò hoặc nguồn của phần lời không rõ."))])
    rows = [_segment(*row) for row in values["segments"]]
    cues = [Cue(each.start_ms or 0, each.end_ms or 0, each.text, each.speaker, at) for at, each in enumerate(rows, 1)]
    if errors := check(cues, asset.duration_ms) if track.timed else _page_errors(rows):
        raise TrackError(errors)
    track.full_clean(exclude=["asset"])
    track.save()
    for at, row in enumerate(rows, 1):
        row.track, row.order = track, at
    Segment.objects.bulk_create(rows, batch_size=1000)
    announce(track)
    log(asset, IMPORTED, user=user, data={"track": track.pk, "role": track.role, "language": track.language, "cues": len(rows)})
    return track


def _segment(start_ms: int | None, end_ms: int | None, page: int | None, speaker: str, text: str) -> Segment:
    return Segment(start_ms=start_ms, end_ms=end_ms, page=page, speaker=name_of(speaker), text=clean(text))


def _page_errors(rows: list[Segment]) -> list[InvalidLine]:
    wrong = any(not isinstance(row.page, int) or not 0 < row.page < MOST_PAGES for row in rows)
    return [InvalidLine(0, _("Phần lời có trang không rõ."))] if wrong else []
