"""A storage, a scratch folder and a policy for each test; small real files made on the spot."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs import lease
from media_pipeline.jobs.runner import run_one
from media_pipeline.models import Asset
from media_pipeline.processes import ffmpeg
from media_pipeline.processes.sandbox import ProcessLimits, run
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline import policies


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Iterator[LocalStorage]:
    """An empty prepared storage of this test alone."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    settings.MEDIA_ACCESS_POLICY = "tests.media_pipeline.policies.everything"
    settings.MEDIA_ADMIN_FILTER = ""
    settings.ROOT_URLCONF = "tests.media_pipeline.urls"
    storage = LocalStorage(tmp_path / "media")
    storage.prepare()
    cache.clear()
    policies.HIDDEN.clear()
    yield storage
    cache.clear()


@pytest.fixture
def second(settings: Any, tmp_path: Path) -> Iterator[LocalStorage]:
    """A second storage that originals are copied to."""
    settings.MEDIA_COPIES = {"second": str(tmp_path / "second")}
    storage = LocalStorage(tmp_path / "second", "second")
    storage.prepare()
    yield storage


def picture_bytes(size: tuple[int, int] = (900, 600), kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture with something to see in it."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.fixture
def take() -> Callable[..., Asset]:
    """Ingest bytes under a name."""

    def take_in(data: bytes, name: str = "ảnh.jpg", **options: Any) -> Asset:
        return ingest(io.BytesIO(data), name, **options)

    return take_in


@pytest.fixture
def work_off(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[], int]:
    """Run every job that may run; returns how many.

    A heartbeat writes on a connection of its own. In the transaction of a test it would wait for the test, which waits for it, until the
    database gives up; so it is later here than any job ends.
    """
    settings.MEDIA_LEASE_SECONDS = 3600
    monkeypatch.setattr(lease, "TICK_SECONDS", 600)

    def run_all() -> int:
        count = 0
        while run_one():
            count += 1
        return count

    return run_all


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Bytes of a synthetic recording made by the real ffmpeg from lavfi sources, kept for the session."""
    folder = tmp_path_factory.mktemp("clips")

    def make(name: str, *arguments: str) -> bytes:
        path = folder / name
        if not path.exists():
            command = [ffmpeg.binaries()[0], "-hide_banner", "-loglevel", "error", "-y", *arguments, str(path)]
            finished = run(command, folder=folder, limits=ProcessLimits())
            assert finished.returncode == 0, finished.stderr
        return path.read_bytes()

    return make


@pytest.fixture
def film(clips: Callable[..., bytes]) -> bytes:
    """Nine seconds, 640×360, sound, a place and an artist in its tags."""
    return clips(
        "film.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=9", "-f", "lavfi", "-i", "sine=frequency=440:duration=9"),
        *("-metadata", "location=+22.817+104.967/", "-metadata", "artist=CANARY-OWNER", "-c:v", "libx264", "-preset", "ultrafast"),
        *("-pix_fmt", "yuv420p", "-c:a", "aac"),
    )


@pytest.fixture
def song(clips: Callable[..., bytes]) -> bytes:
    """Six seconds of a quiet tone with an artist in its tags."""
    source = "sine=frequency=330:duration=6,volume=-20dB"
    return clips("song.wav", "-f", "lavfi", "-i", source, "-metadata", "artist=CANARY-OWNER")
