"""What a file may cost: it follows from its frames, samples and scans, and never from what its clock or header says."""

import ast
import dataclasses
import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media_pipeline import formats, limits, recipes
from media_pipeline.errors import MESSAGES, OverLimit, Refused
from media_pipeline.models import Asset, MediaJob
from media_pipeline.processes import ffmpeg, sandbox
from media_pipeline.processes.sandbox import Watch
from media_pipeline.stages import audio, length, loudness, stills
from media_pipeline.storage import main_storage
from tests import measures
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db
Take, Clips, WorkOff = Callable[..., Asset], Callable[..., bytes], Callable[[], int]
FILM = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-fps_mode", "passthrough")
HOUR = 3600


def pictures(rate: int, seconds: int, times: str) -> tuple[str, ...]:
    """Options for a film of these frames, each shown at the time that the expression says."""
    return ("-f", "lavfi", "-i", f"testsrc2=size=320x240:rate={rate}:duration={seconds}", "-vf", f"setpts={times}/TB", *FILM)


def frames_of(asset: Asset, folder: Path) -> dict[str, int]:
    """The frames that each rung really has."""
    counted = {}
    for derivative in asset.derivatives.filter(role="film", state="current").select_related("blob"):
        path = folder / derivative.name
        path.write_bytes(b"".join(main_storage().stream(derivative.blob.key)))
        counted[derivative.name] = ffmpeg.count_frames(path, "mov", folder=folder, watch=Watch())
    return counted


@pytest.mark.parametrize("name", ["day.mp4", "day.mkv"])
def test_two_frames_a_day_apart_are_too_long_and_cost_nothing(take: Take, work_off: WorkOff, clips: Clips, name: str) -> None:
    asset = take(clips(name, *pictures(1, 2, f"N*{24 * HOUR}")), name)
    work_off()
    asset.refresh_from_db()
    job = asset.jobs.get(kind="video")
    assert (asset.state, job.error_code) == (Asset.State.FAILED, "too_long")
    assert not asset.derivatives.exists()
    assert main_storage().stat(asset.original.key) is not None, "the original is kept"


@pytest.mark.parametrize("name", ["hours.mp4", "hours.mkv"])
def test_two_frames_hours_apart_cost_two_frames_and_staff_are_told(
    take: Take, work_off: WorkOff, clips: Clips, tmp_path: Path, name: str
) -> None:
    asset = take(clips(name, *pictures(1, 2, f"N*{11 * HOUR}")), name)
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert set(frames_of(asset, tmp_path).values()) == {2}
    assert "few_frames" in asset.warnings
    assert sum(derivative.size_bytes for derivative in asset.current) < 200_000
    assert abs((asset.duration_ms or 0) - 11 * HOUR * 1000) < 2000


def test_a_film_with_a_pause_is_cut_at_the_same_times_in_every_rung(take: Take, work_off: WorkOff, clips: Clips, tmp_path: Path) -> None:
    asset = take(clips("pause.mp4", *pictures(30, 4, "(N+gte(N\\,60)*1800)/30")), "pause.mp4")
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert abs((asset.duration_ms or 0) - 64_000) < 200
    counted = frames_of(asset, tmp_path)
    assert counted["v240"] == 120
    assert 55 <= counted["v144"] <= 65


def test_no_rung_has_more_frames_than_its_rate_allows(take: Take, work_off: WorkOff, clips: Clips, tmp_path: Path) -> None:
    asset = take(clips("fast.mp4", *pictures(100, 2, "N/100")), "fast.mp4")
    work_off()
    counted = frames_of(asset, tmp_path)
    for rung in recipes.RUNGS:
        if rung.name in counted:
            assert counted[rung.name] <= 2 * rung.frames_per_second / 0.75 + 1


def test_a_header_that_claims_less_than_is_decoded_does_not_help(
    take: Take, work_off: WorkOff, song: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {kind: dataclasses.replace(each, duration_ms=3000) for kind, each in limits.LIMITS.items()}
    monkeypatch.setattr(length, "LIMITS", short)
    monkeypatch.setattr(ffmpeg, "LONGEST_MS", 3000)
    asset = take(song, "bài ca.wav")
    Asset.objects.filter(pk=asset.pk).update(probe=asset.probe | {"duration_header_ms": 2000})
    work_off()
    assert asset.jobs.get(kind="audio").error_code == "too_long"
    assert "4000 ms decoded" in asset.jobs.get(kind="audio").error_text, "it was read a second further and no more"


def test_a_claimed_length_allows_no_more_than_the_longest() -> None:
    assert loudness.limits_for(10**12, 100) == loudness.limits_for(limits.LONGEST_MS, 100) == loudness.limits_for(None, 100)


def wav(rate: int, seconds: float) -> bytes:
    """Mono, 8 bits, at any rate."""
    data = bytes(128 + place % 64 for place in range(round(rate * seconds)))
    layout = struct.pack("<HHIIHH", 1, 1, rate, rate, 1, 8)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + layout
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )


@pytest.mark.parametrize("rate", [1, 3_999, 384_001, 4_000_000])
def test_a_sample_rate_that_no_recorder_has_is_refused(take: Take, rate: int) -> None:
    with pytest.raises(Refused) as refusal:
        take(wav(rate, 40 if rate == 1 else 0.1), "lạ.wav")
    assert refusal.value.code == "sample_rate"


def test_the_slowest_rate_that_is_taken_becomes_a_sound(take: Take, work_off: WorkOff) -> None:
    asset = take(wav(4_000, 2), "chậm.wav")
    work_off()
    asset.refresh_from_db()
    assert (asset.state, asset.duration_ms) == (Asset.State.READY, 2000)


def with_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan, a refinement, comes again and again."""
    data = picture_bytes(progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


def test_a_jpeg_of_hundreds_of_scans_is_refused_before_it_is_decoded(take: Take) -> None:
    with pytest.raises(Refused) as refusal:
        take(with_scans(300))
    assert refusal.value.code == "too_many_scans"


def test_what_only_looks_like_scans_is_not_counted(take: Take) -> None:
    preview = io.BytesIO()
    Image.new("RGB", (8, 8)).save(preview, "JPEG", comment=b"\xff\xda" * 100)
    with_film = picture_bytes(progressive=True, comment=b"\xff\xda" * 100) + b"\xff\xda" * 1000
    assert take(with_film).kind == formats.IMAGE
    assert take(preview.getvalue()).kind == formats.IMAGE


TABLES = [limits.KindLimits, formats.Format, recipes.Rung, recipes.Recipe, sandbox.ProcessLimits]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_no_number_stands_in_a_table_that_no_code_reads(table: Any) -> None:
    read = {
        node.attr
        for path in measures.source_files()
        if "media_pipeline" in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert {field.name for field in dataclasses.fields(table)} - read == set()


def test_words_name_the_numbers_that_are_enforced() -> None:
    assert f" {limits.LONGEST_MS // 3_600_000} giờ" in str(MESSAGES["too_long"].what)
    slowest, fastest = limits.LIMITS[formats.AUDIO].sample_rates
    assert f"{slowest // 1000}–{fastest // 1000} kHz" in str(MESSAGES["sample_rate"].what)
    assert f" {limits.LIMITS[formats.AUDIO].channels} kênh" in str(MESSAGES["too_many_channels"].advice)


def cutting(names: set[str]) -> Callable[..., Any]:
    """ffmpeg, whose finished outputs of these names lose all but their first bytes."""
    encode = ffmpeg.encode

    def encode_and_cut(outputs: list[Any], *, folder: Path, **options: Any) -> Any:
        encoding = encode(outputs, folder=folder, **options)
        for name in names & {path.name for path in folder.iterdir()}:
            (folder / name).write_bytes((folder / name).read_bytes()[:40])
        return encoding

    return encode_and_cut


@pytest.mark.parametrize("name", ["a24", "aac96"])
def test_a_sound_that_we_cut_short_is_our_fault_and_tried_again(
    take: Take, work_off: WorkOff, song: bytes, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(audio.ffmpeg, "encode", cutting({name}))
    asset = take(song, "bài ca.wav")
    work_off()
    job = asset.jobs.get(kind="audio")
    assert (job.error_code, job.state) == ("bad_output", MediaJob.State.RETRY_WAIT)


def test_a_still_that_we_cut_short_is_our_fault_and_tried_again(
    take: Take, work_off: WorkOff, film: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stills.ffmpeg, "encode", cutting({"frame.bmp", "sheet.bmp"}))
    asset = take(film, "phim.mp4")
    work_off()
    for kind in ("poster", "sprite"):
        job = asset.jobs.get(kind=kind)
        assert (job.error_code, job.state) == ("bad_output", MediaJob.State.RETRY_WAIT), kind


def test_an_output_that_grows_too_large_is_over_its_limit_and_not_damage(tmp_path: Path, song: bytes) -> None:
    (tmp_path / "song.wav").write_bytes(song)
    stream = ffmpeg.source(tmp_path / "song.wav", "wav")
    with pytest.raises(OverLimit):
        ffmpeg.encode(
            [ffmpeg.output([stream], tmp_path / "copy.wav")],
            folder=tmp_path,
            limits=sandbox.ProcessLimits(file=100_000),
            watch=Watch(),
        )
