"""The text of tracks, segment by segment: for search, for the players, as files."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..models import Asset, Segment, TextTrack
from . import export


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment with what search needs to point at it. Times in milliseconds, pages from 1."""

    track: TextTrack
    order: int
    start_ms: int | None
    end_ms: int | None
    page: int | None
    text: str
    speaker: str


def pieces_of(assets: Iterable[Asset]) -> Iterator[Piece]:
    """Every segment of every shown track of the assets, in order. Two queries, however many assets."""
    tracks = {track.pk: track for track in TextTrack.objects.filter(asset__in=list(assets), shown=True).select_related("asset")}
    for each in Segment.objects.filter(track__in=tracks).order_by("track", "order").iterator():
        track = tracks[each.track_id]
        yield Piece(track, each.order, each.start_ms, each.end_ms, each.page, each.text, each.speaker)


def as_file(track: TextTrack, extension: str) -> tuple[bytes, str] | None:
    """The track as a file of that extension and its media type; None when it cannot be written so: pages have no times."""
    if extension not in export.FORMATS or not (track.timed or extension == "txt"):
        return None
    mime, write = export.FORMATS[extension]
    return write(track.segments.all()).encode(), mime


def fingerprint(body: bytes) -> str:
    """For the ETag of a track."""
    return hashlib.sha256(body).hexdigest()
