"""Words of a recording change only through verbs, and every change can be seen afterwards."""

from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from media_pipeline import signals
from media_pipeline.models import Asset, Blob, Segment, TextTrack
from media_pipeline.tracks import editing, export
from media_pipeline.tracks.cues import Cue, TrackError

pytestmark = pytest.mark.django_db

SRT = b"1\n00:00:00,000 --> 00:00:02,000\nmot hai\n\n2\n00:00:02,000 --> 00:00:04,000\nba bon\n\n3\n00:00:05,000 --> 00:00:06,000\nnam\n"


@pytest.fixture
def asset() -> Asset:
    blob = Blob.objects.create(area="original", sha256="0" * 64, size=1, key="o/0", mime="audio/wav")
    return Asset.objects.create(kind="audio", original=blob, name_as_given="a.wav", format="wav", duration_ms=10_000, state="ready")


@pytest.fixture
def track(asset: Asset) -> TextTrack:
    return editing.import_track(asset, SRT, role="transcript", language="vi")[0]


def cues(track: TextTrack) -> list[tuple[int, int | None, int | None, str]]:
    return list(track.segments.values_list("order", "start_ms", "end_ms", "text"))


def test_an_imported_track_has_its_words_its_size_and_its_log(track: TextTrack) -> None:
    assert len(cues(track)) == 3
    written = export.as_file(track, "vtt")
    assert written is not None
    assert track.text_bytes == len(written[0])
    assert ModelLogEntry.objects.get().action == editing.IMPORTED


def test_a_bad_file_changes_nothing(asset: Asset) -> None:
    with pytest.raises(TrackError):
        editing.import_track(asset, SRT + b"\n4\n00:00:09,000 --> 00:00:01,000\nx\n", role="transcript", language="vi")
    assert not TextTrack.objects.exists()


def test_splitting_and_merging_are_each_others_undo(track: TextTrack) -> None:
    before = cues(track)
    editing.split(track.segments.all()[0], 3, 1000)
    assert cues(track)[:2] == [(1, 0, 1000, "mot"), (2, 1000, 2000, "hai")]
    assert [order for order, *_rest in cues(track)] == [1, 2, 3, 4]
    editing.merge(track.segments.all()[0])
    assert [(start, end) for _order, start, end, _text in cues(track)] == [(start, end) for _order, start, end, _text in before]
    assert cues(track)[0][3].split() == ["mot", "hai"]


@pytest.mark.parametrize(("character", "ms"), [(0, 1000), (7, 1000), (3, 0), (3, 2000), (3, 9000)])
def test_a_cut_outside_the_segment_is_refused(track: TextTrack, character: int, ms: int) -> None:
    with pytest.raises(TrackError):
        editing.split(track.segments.all()[0], character, ms)
    assert len(cues(track)) == 3


def test_shifting_moves_from_one_segment_on_and_never_before_the_start(track: TextTrack) -> None:
    editing.shift(track, 500, from_order=2)
    assert [start for _order, start, _end, _text in cues(track)] == [0, 2500, 5500]
    with pytest.raises(TrackError):
        editing.shift(track, -1)


def test_a_correction_is_checked_like_an_import_and_takes_back_the_review(track: TextTrack) -> None:
    editing.mark_reviewed(track)
    with pytest.raises(TrackError):
        editing.rewrite(track, [Cue(2000, 3000, "a"), Cue(0, 4000, "b")])
    track.refresh_from_db()
    assert track.reviewed
    editing.rewrite(track, [Cue(0, 3000, "một"), Cue(3000, 4000, "hai")])
    track.refresh_from_db()
    assert not track.reviewed
    assert cues(track) == [(1, 0, 3000, "một"), (2, 3000, 4000, "hai")]


def test_plain_words_are_spread_over_the_recording(asset: Asset) -> None:
    track = editing.split_plain_text(asset, "một\nhai\n", role="transcript", language="vi")
    assert cues(track) == [(1, 0, 5000, "một"), (2, 5000, 10_000, "hai")]


def test_a_changed_track_is_announced(track: TextTrack) -> None:
    heard: list[int] = []

    def listen(asset: Asset, **kwargs: Any) -> None:
        heard.append(asset.pk)

    signals.asset_ready.connect(listen)
    try:
        editing.shift(track, 10)
    finally:
        signals.asset_ready.disconnect(listen)
    assert heard == [track.asset_id]


def test_a_segment_must_have_a_time_or_a_page(track: TextTrack) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Segment.objects.create(track=track, order=99, text="nowhere")
