"""Workers die in the middle of their work, and nothing is lost, doubled or left half done."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from media_pipeline import ffmpeg
from media_pipeline.sandbox import Limits, run
from tests.integration.media_installation import Installation, children_named, end


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long enough that a worker can be met at work: 25 s of moving picture with sound."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    sources = ("-f", "lavfi", "-i", "testsrc2=size=854x480:rate=30:duration=25", "-f", "lavfi", "-i", "sine=duration=25")
    command = [ffmpeg.binaries()[0], "-loglevel", "error", *sources, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", str(path)]
    assert run(command, folder=path.parent, limits=Limits()).returncode == 0
    return path


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def all_done(jobs: list[dict[str, object]]) -> bool:
    return len(jobs) == 3 and all(job["state"] == "done" for job in jobs)


def encoding(installation: Installation) -> Callable[[list[dict[str, object]]], bool]:
    return lambda jobs: bool(children_named("ffmpeg", installation.folder)) and jobs[0]["state"] == "running"


def test_a_worker_killed_in_mid_transcode_loses_nothing(installation: Installation, long_film: Path) -> None:
    installation.ingest(long_film)
    first = installation.worker()
    installation.wait_until(encoding(installation))
    end(first, signal.SIGKILL)
    time.sleep(0.3)
    assert not children_named("ffmpeg", installation.folder), "the encoder outlived its worker"
    second = installation.worker()
    try:
        installation.wait_until(all_done)
    finally:
        assert end(second) == 0
    audit = installation.audit()
    assert [job["attempts"] for job in installation.jobs()] == [2, 1, 1]
    assert audit["states"] == ["ready"]
    assert not any(audit[name] for name in ("bad", "double", "without_file", "without_row", "scratch"))


def test_a_worker_asked_to_stop_hands_its_job_back_uncounted(installation: Installation, long_film: Path) -> None:
    installation.ingest(long_film)
    worker = installation.worker()
    installation.wait_until(encoding(installation))
    assert end(worker, signal.SIGINT) == 0
    job = installation.jobs()[0]
    assert (job["state"], job["attempts"], job["lease_token"]) == ("queued", 0, None)
    assert not children_named("ffmpeg", installation.folder)
    assert not installation.audit()["scratch"]
