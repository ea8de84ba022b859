"""One MP3 of all pieces, at one loudness; nothing half built is kept; work that was cut off or stopped begins again."""

import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from background import leases
from library.bulletins.actions import joined as joining
from library.bulletins.actions import publish, write
from library.bulletins.actions import work as bulletin_work
from library.bulletins.lengths import MACHINE_SAYS, PAUSE_MS, whole_length_ms
from library.bulletins.models import Bulletin, BulletinState, Piece, Voice
from library.records.models import RecordMedia
from media_pipeline.intake.ingest import ingest
from media_pipeline.processes import ffmpeg
from media_pipeline.stages import speech
from media_pipeline.storage import main_storage

from .conftest import add_sound, tone, work

pytestmark = pytest.mark.django_db
GOAL = -16.0  # LUFS


def _fetched(bulletin: Bulletin, tmp_path: Path) -> Path:
    path = tmp_path / "bulletin.mp3"
    path.write_bytes(b"".join(main_storage().stream(bulletin.key)))
    return path


def _log(path: Path, filters: str) -> str:
    command = [ffmpeg.binaries()[0], "-hide_banner", "-i", str(path), "-af", filters, "-f", "null", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr


def _measured(path: Path, start: float, seconds: float) -> float:
    """Loudness of a part of a file by the plain program, in LUFS."""
    command = [ffmpeg.binaries()[0], "-hide_banner", "-ss", str(start), "-t", str(seconds), "-i", str(path)]
    log = subprocess.run([*command, "-af", "ebur128", "-f", "null", "-"], capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I:\s+(\S+) LUFS", log)[-1])


def test_a_bulletin_becomes_one_mp3_as_long_as_its_pieces_at_one_loudness(joined: Bulletin, tmp_path: Path):
    assert (joined.state, joined.done) == (BulletinState.READY, 3)
    path = _fetched(joined, tmp_path)
    assert path.stat().st_size == joined.size and path.read_bytes()[:2] in {b"ID", b"\xff\xfb", b"\xff\xf3"}
    told = ffmpeg.probe(path, "mp3", folder=tmp_path)
    assert [stream["codec_name"] for stream in told["streams"]] == ["mp3"] and told["streams"][0]["channels"] == 1
    expected = 2000 + PAUSE_MS + 3000
    assert abs(float(told["format"]["duration"]) * 1000 - expected) < 150 and abs(joined.duration_ms - expected) < 150
    assert joined.loudness_lufs is not None and abs(joined.loudness_lufs - GOAL) < 1.5
    voice, song = _measured(path, 0.2, 1.6), _measured(path, 3.0, 2.5)
    assert abs(voice - GOAL) < 2 and abs(song - GOAL) < 2, "a loud voice and a quiet song are heard alike"


def test_a_recording_with_high_peaks_is_not_drowned_by_the_voice(place: SimpleNamespace, written: Bulletin, tmp_path: Path):
    peaked = tone(4.0, loud=0.12, peak=0.95)
    asset = ingest(peaked, "dinh.wav")
    RecordMedia.objects.create(record=place.song, asset=asset, alt_vi="Tiếng trống")
    written.pieces.filter(is_words=False).update(asset=asset, start_s=0, end_s=None)
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    path = _fetched(written, tmp_path)
    assert abs(_measured(path, 0.2, 1.6) - _measured(path, 3.0, 3.5)) < 2 and -24 < (written.loudness_lufs or 0) < GOAL - 2
    (peak,) = re.findall(r"max_volume: (\S+) dB", _log(path, "volumedetect"))
    assert float(peak) < 0


def test_the_length_is_told_before_it_is_built(place: SimpleNamespace, written: Bulletin):
    assert whole_length_ms(written.pieces.select_related("asset")) == 2000 + PAUSE_MS + 3000


def test_pieces_are_joined_in_their_order(place: SimpleNamespace, written: Bulletin, tmp_path: Path):
    write.move(written.pieces.get(is_words=False), -1, user=place.user)
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    path = _fetched(written, tmp_path)
    assert _measured(path, 3.1, 0.5) < -60, "the pause stands after three seconds of song, not after two of words"


@pytest.mark.skipif(not speech.binary(), reason="no espeak-ng with a Vietnamese voice")
def test_a_machine_voice_says_that_it_is_one(place: SimpleNamespace, written: Bulletin, client):
    write.put(Piece(bulletin=written, is_words=True, text="Xin cảm ơn.", voice=Voice.MACHINE), user=place.user)
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.READY and written.duration_ms > 2000 + 3000 + 2 * PAUSE_MS + 1500
    publish.schedule(written, None, user=place.user)
    page = client.get(written.get_absolute_url()).content.decode()
    assert f"{MACHINE_SAYS} Xin cảm ơn." in page and "giọng máy đọc, không phải người" in page


def test_what_may_not_be_heard_is_refused_before_it_is_built(place: SimpleNamespace, written: Bulletin):
    write.put(Piece(bulletin=written, is_words=True, text="Chưa ai đọc.", voice=Voice.PERSON), user=place.user)
    with pytest.raises(ValidationError, match="Phần 3"):
        publish.build(written, user=place.user)


def test_a_bulletin_without_pieces_or_too_long_is_refused(place: SimpleNamespace, written: Bulletin, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(publish, "LONGEST_MS", 5000)
    with pytest.raises(ValidationError, match="dài quá"):
        publish.build(written, user=place.user)
    for piece in written.pieces.all():
        write.remove(piece, user=place.user)
    with pytest.raises(ValidationError, match="chưa có phần nào"):
        publish.build(written, user=place.user)


def test_a_change_makes_it_a_draft_again_and_the_next_file_takes_the_place_of_the_one_before(place: SimpleNamespace, joined: Bulletin):
    before = joined.key
    write.remove(joined.pieces.get(is_words=True), user=place.user)
    joined.refresh_from_db()
    assert joined.state == BulletinState.DRAFT
    publish.build(joined, user=place.user)
    work()
    joined.refresh_from_db()
    assert joined.state == BulletinState.READY and [stat.key for stat in main_storage().walk("b/")] == [joined.key] != [before]


def test_nothing_changes_while_it_is_built_or_on_air(place: SimpleNamespace, on_air: Bulletin):
    with pytest.raises(ValidationError):
        write.remove(on_air.pieces.first(), user=place.user)
    assert on_air.pieces.count() == 2


def test_nothing_half_built_is_kept_and_another_worker_begins_again(
    place: SimpleNamespace, written: Bulletin, monkeypatch: pytest.MonkeyPatch
):
    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    publish.build(written, user=place.user)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "join", killed)
        with pytest.raises(KeyboardInterrupt):
            work()
    written.refresh_from_db()
    assert written.state == BulletinState.BUILDING and not written.key and not list(main_storage().walk("b/"))
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.BUILDING, "the lease still runs"
    Bulletin.objects.update(leased_until=written.created_at - leases.LEASE)
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.READY


def test_work_that_was_stopped_keeps_nothing_and_begins_again_when_asked(
    place: SimpleNamespace, written: Bulletin, monkeypatch: pytest.MonkeyPatch
):
    real = joining.cut

    def stopped(*args: object, **kwargs: object) -> object:
        publish.stop(Bulletin.objects.get(), user=place.user)
        return real(*args, **kwargs)

    publish.build(written, user=place.user)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "cut", stopped)
        work()
    written.refresh_from_db()
    assert written.state == BulletinState.STOPPED and not written.key
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.READY


def test_a_damaged_file_fails_the_bulletin_and_names_the_piece(place: SimpleNamespace, written: Bulletin):
    path = main_storage().path(place.asset.original.key)
    path.unlink()
    path.write_bytes(b"RIFF")
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.FAILED and written.problem.startswith("Phần 2:") and not written.key


def test_a_record_that_is_closed_while_the_worker_joins_closes_the_bulletin(
    place: SimpleNamespace, written: Bulletin, monkeypatch: pytest.MonkeyPatch
):
    real = bulletin_work.joined

    def closed_meanwhile(*args: object) -> object:
        place.song.unpublish(log_action=False)
        return real(*args)

    monkeypatch.setattr(bulletin_work, "joined", closed_meanwhile)
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.CLOSED and "không còn công khai" in written.problem


def test_the_worker_waits_while_the_program_is_not_there(place: SimpleNamespace, written: Bulletin, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(ffmpeg, "has_encoder", lambda name: False)
        publish.build(written, user=place.user)
        work()
    written.refresh_from_db()
    assert written.state == BulletinState.BUILDING and "MP3" in written.problem
    Bulletin.objects.update(leased_until=None)
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.READY and not written.problem


def test_a_sound_that_ends_before_its_part_begins_is_named(place: SimpleNamespace, written: Bulletin):
    short = add_sound(place.song, 1.0)
    write.put(Piece(bulletin=written, is_words=False, record=place.song, asset=short, start_s=30), user=place.user)
    publish.build(written, user=place.user)
    work()
    written.refresh_from_db()
    assert written.state == BulletinState.FAILED and written.problem.startswith("Phần 3:")
