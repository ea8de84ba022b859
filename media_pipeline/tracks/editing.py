"""Changes of text tracks: import from a file, correct, shift, split, merge, mark as reviewed. Text changes only here.

Times are milliseconds. Every change is one transaction and sends ``asset_ready``: the text of an asset is part of its
search document.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import signals
from ..models import Asset, Segment, TextTrack
from ..text.cleaning import clean
from . import export, importing
from .cues import Cue, InvalidLine, TrackError, check

IMPORTED, CHANGED, REVIEWED = "media_pipeline.import_track", "media_pipeline.change_track", "media_pipeline.review_track"


@transaction.atomic
def import_track(
    asset: Asset,
    data: bytes,
    *,
    role: str,
    language: str,
    user: Any = None,
    tier: str = "",
    source: str = TextTrack.Source.IMPORT,
) -> tuple[TextTrack, list[str]]:
    """A new track from a file, and what a person should know of it. ``tier`` says which tier of ELAN or TextGrid; empty: all.

    Raises TrackError.
    """
    reading = importing.read_file(data, duration_ms=asset.duration_ms, tier=tier)
    track = TextTrack.objects.create(asset=asset, role=role, language=language, source=source)
    _fill(track, reading.cues)
    log(asset, IMPORTED, user=user, data={"track": track.pk, "role": role, "language": language, "cues": len(reading.cues)})
    return track, reading.notes


@transaction.atomic
def split_plain_text(asset: Asset, text: str, *, role: str, language: str, user: Any = None) -> TextTrack:
    """A new track from words without times, spread over the recording for a person to correct. Raises TrackError."""
    cues = importing.split_text(text, asset.duration_ms or 0)
    if not cues or not asset.duration_ms:
        raise TrackError([InvalidLine(0, _("Cần một bản ghi đã biết độ dài và ít nhất một dòng chữ."))])
    track = TextTrack.objects.create(asset=asset, role=role, language=language, source=TextTrack.Source.HUMAN)
    _fill(track, cues)
    log(asset, IMPORTED, user=user, data={"track": track.pk, "role": role, "language": language, "cues": len(cues)})
    return track


def _fill(track: TextTrack, cues: Iterable[Cue]) -> None:
    """Replace all segments of a track."""
    track.segments.all().delete()
    Segment.objects.bulk_create(
        Segment(track=track, order=order, start_ms=cue.start_ms, end_ms=cue.end_ms, speaker=cue.speaker, text=cue.text)
        for order, cue in enumerate(cues, start=1)
    )
    announce(track)


def announce(track: TextTrack) -> None:
    """Update the size that readers see, and tell the packages above: for whoever has written segments."""
    segments = list(track.segments.all())
    write = export.as_vtt if track.timed else export.as_text
    track.text_bytes = len(write(segments).encode())
    track.save(update_fields=["text_bytes", "updated_at"])
    if track.asset.state in {Asset.State.READY, Asset.State.PARTLY}:
        signals.asset_ready.send(sender=Asset, asset=track.asset)


def _changed(track: TextTrack, user: Any, what: str) -> None:
    """From the first correction on a machine-made track counts as a person's: no machine overwrites it any more."""
    track.reviewed = False
    track.source = TextTrack.Source.HUMAN if track.source == TextTrack.Source.MACHINE else track.source
    TextTrack.objects.filter(pk=track.pk).update(reviewed=False, source=track.source)
    announce(track)
    log(track.asset, CHANGED, user=user, data={"track": track.pk, "what": what})


@transaction.atomic
def rewrite(track: TextTrack, cues: list[Cue], *, user: Any = None) -> None:
    """Replace the text and times of a track by corrected ones. Raises TrackError, and then nothing has changed."""
    if errors := check(cues, track.asset.duration_ms):
        raise TrackError(errors)
    _fill(track, cues)
    _changed(track, user, "rewrite")


@transaction.atomic
def rewrite_page(track: TextTrack, page: int, text: str, *, user: Any = None) -> None:
    """Replace the text of one page; with an empty text the page has none."""
    track.segments.filter(page=page).delete()
    if text.strip():
        Segment.objects.create(track=track, order=page, page=page, text=clean(text).strip())
    _changed(track, user, f"page {page}")


@transaction.atomic
def shift(track: TextTrack, by_ms: int, *, from_order: int = 1, user: Any = None) -> None:
    """Move every segment from one on, earlier or later. Raises TrackError when one would start before the recording."""
    moved = list(track.segments.filter(order__gte=from_order, start_ms__isnull=False))
    if any((segment.start_ms or 0) + by_ms < 0 for segment in moved):
        raise TrackError([InvalidLine(0, _("Có câu sẽ bắt đầu trước khi bản ghi bắt đầu."))])
    for segment in moved:
        segment.start_ms, segment.end_ms = (segment.start_ms or 0) + by_ms, (segment.end_ms or 0) + by_ms
    Segment.objects.bulk_update(moved, ["start_ms", "end_ms"])
    _changed(track, user, "shift")


@transaction.atomic
def split(segment: Segment, at_character: int, at_ms: int, *, user: Any = None) -> None:
    """Cut a segment in two at a place in its text and at a time within it. Raises TrackError when either lies outside."""
    first, second = segment.text[:at_character].strip(), segment.text[at_character:].strip()
    inside = segment.start_ms is not None and segment.end_ms is not None and segment.start_ms < at_ms < segment.end_ms
    if not first or not second or not inside:
        raise TrackError([InvalidLine(0, _("Chỗ cắt phải nằm trong câu và trong thời gian của câu."))])
    end_ms = segment.end_ms
    segment.text, segment.end_ms = first, at_ms
    segment.save(update_fields=["text", "end_ms"])
    _make_place(segment.track, segment.order)
    Segment.objects.create(
        track=segment.track, order=segment.order + 1, start_ms=at_ms, end_ms=end_ms, speaker=segment.speaker, text=second
    )
    _changed(segment.track, user, "split")


def _make_place(track: TextTrack, after: int) -> None:
    """Move the later segments one place on, last first: the order stays unique at every step."""
    for segment in track.segments.filter(order__gt=after).order_by("-order"):
        Segment.objects.filter(pk=segment.pk).update(order=segment.order + 1)


@transaction.atomic
def merge(segment: Segment, *, user: Any = None) -> None:
    """Join a segment with the one after it. Raises TrackError for the last one."""
    following = segment.track.segments.filter(order__gt=segment.order).first()
    if following is None:
        raise TrackError([InvalidLine(0, _("Đây là câu cuối."))])
    segment.text = f"{segment.text}\n{following.text}"
    segment.end_ms = following.end_ms
    following.delete()
    segment.save(update_fields=["text", "end_ms"])
    _changed(segment.track, user, "merge")


@transaction.atomic
def mark_reviewed(track: TextTrack, *, user: Any = None) -> None:
    """A person has read and heard all of it."""
    track.reviewed = True
    track.save(update_fields=["reviewed", "updated_at"])
    log(track.asset, REVIEWED, user=user, data={"track": track.pk})
