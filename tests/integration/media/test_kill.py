"""Workers die in the middle of their work, and nothing is lost, doubled or left half done.

MEDIA_KILLS says how often the worker is killed at a random moment; the full measure of the goal is 50. MEDIA_UPLOADS says how many
uploads are acknowledged while those who take them in are killed; the full measure is 1000.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.processes import ffmpeg
from media_pipeline.processes.sandbox import ProcessLimits, run
from tests.integration.media.installation import Installation, children_named, end
from tests.media_pipeline.fixtures import picture_bytes
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("MEDIA_KILLS", "2"))
UPLOADS = int(os.environ.get("MEDIA_UPLOADS", "60"))
FEWEST_DEATHS = 3  # of those who take uploads in, however quick they are
MUST_BE_EMPTY = ("bad", "double", "without_file", "scratch")


def made_film(folder: Path, size: str, seconds: int) -> Path:
    path = folder / "film.mp4"
    sources = ("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25:duration={seconds}", "-f", "lavfi", "-i", f"sine=duration={seconds}")
    command = [ffmpeg.binaries()[0], "-loglevel", "error", *sources, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", str(path)]
    assert run(command, folder=folder, limits=ProcessLimits()).returncode == 0
    return path


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long enough that a worker can be met at work."""
    return made_film(tmp_path_factory.mktemp("long"), "640x360", 12)


@pytest.fixture(scope="module")
def short_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short enough for many rounds."""
    return made_film(tmp_path_factory.mktemp("short"), "320x180", 4)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def all_done(jobs: list[dict[str, Any]]) -> bool:
    return len(jobs) == 3 and all(job["state"] == "done" for job in jobs)


def encoding(installation: Installation) -> Callable[[list[dict[str, Any]]], bool]:
    return lambda jobs: bool(children_named("ffmpeg", installation.folder)) and jobs[0]["state"] == "running"


def work_off(installation: Installation) -> None:
    worker = installation.worker()
    try:
        installation.wait_until(lambda jobs: bool(jobs) and all(job["state"] == "done" for job in jobs))
    finally:
        assert end(worker) in {0, -signal.SIGTERM}  # with nothing to do it may be stopped before it listens


def test_a_worker_killed_in_mid_transcode_loses_nothing(installation: Installation, long_film: Path) -> None:
    installation.ingest(long_film)
    first = installation.worker()
    installation.wait_until(encoding(installation))
    installation.kill(first)
    wait_until(lambda: not children_named("ffmpeg", installation.folder), what="the encoder dies with its worker")
    second = installation.worker()
    try:
        installation.wait_until(lambda jobs: jobs[0]["state"] == "running" and jobs[0]["attempts"] == 2)
        installation.wait_until(all_done)
    finally:
        assert end(second) == 0
    audit = installation.audit()
    assert [job["attempts"] for job in installation.jobs()] == [2, 1, 1]
    assert audit["states"] == ["ready"]
    assert not any(audit[name] for name in MUST_BE_EMPTY), audit
    assert not audit["without_row"]


def test_a_worker_asked_to_stop_hands_its_job_back_uncounted(installation: Installation, long_film: Path) -> None:
    installation.ingest(long_film)
    worker = installation.worker()
    installation.wait_until(encoding(installation))
    assert end(worker, signal.SIGINT) == 0
    job = installation.jobs()[0]
    assert (job["state"], job["attempts"], job["lease_token"]) == ("queued", 0, None)
    assert not children_named("ffmpeg", installation.folder)
    assert not installation.audit()["scratch"]


def test_kills_at_random_moments_change_nothing_in_the_end(installation: Installation, short_film: Path) -> None:
    """One asset and one kill at a time; whatever a kill meets, the end is that of a run without kills."""
    installation.ingest(short_film)
    work_off(installation)
    untouched = installation.audit()["hashes"]
    seed = random.randrange(10**6)
    moment = random.Random(seed)
    for _kill in range(KILLS):
        installation.ingest(short_film)
        worker = installation.worker()
        installation.wait_until(lambda jobs: any(job["state"] == "running" for job in jobs))
        time.sleep(moment.uniform(0, 4.0))
        installation.kill(worker)
        work_off(installation)
    audit = installation.audit()
    assert audit["states"] == ["ready"] * (KILLS + 1), f"seed {seed}"
    assert not any(audit[name] for name in MUST_BE_EMPTY), f"seed {seed}: {audit}"
    assert audit["hashes"] == sorted(untouched * (KILLS + 1)), f"seed {seed}"
    assert not children_named("ffmpeg", installation.folder)


_TAKES_IN = """
import hashlib, io, itertools, sys, uuid, django
django.setup()
from media_pipeline.intake.ingest import ingest
for number in itertools.count():
    data = f"{uuid.uuid4()} ".encode() * 40
    ingest(io.BytesIO(data), "lời.txt")
    print(hashlib.sha256(data).hexdigest(), flush=True)  # the answer: from here on it must not be lost
"""


def test_an_acknowledged_file_survives_a_kill_of_the_process_that_ingested_it(installation: Installation, tmp_path: Path) -> None:
    acknowledged, moment, deaths = tmp_path / "acknowledged", random.Random(7), 0
    acknowledged.touch()
    while deaths < FEWEST_DEATHS or len(acknowledged.read_text().split()) < UPLOADS:
        with acknowledged.open("ab") as output:
            taker = subprocess.Popen([sys.executable, "-c", _TAKES_IN], env=installation.env, stdout=output)
        before = acknowledged.stat().st_size
        wait_until(lambda size=before, process=taker: acknowledged.stat().st_size > size or process.poll() is not None, every=0.02)
        time.sleep(moment.uniform(0, 0.8))
        end(taker, signal.SIGKILL)
        deaths += 1
    answered = {line for line in acknowledged.read_text().split() if len(line) == 64}
    stored = {row["sha256"] for row in installation.rows("SELECT sha256 FROM media_pipeline_blob WHERE area = 'original'")}
    audit = installation.audit()
    assert answered - stored == set(), f"{deaths} deaths"
    assert len(answered) >= UPLOADS
    assert not any(audit[name] for name in ("bad", "double", "without_file")), audit


#: One step of storing and activating each: where the worker is killed, before or after the call.
STEPS = [
    ("runner.store", "before"),
    ("runner.store", "after"),
    ("activate._locked_asset", "after"),
    ("activate._make_current", "after"),
    ("activate._save_facts", "after"),
    ("plan.enqueue", "before"),
    ("plan.refresh", "after"),
    ("runner.activate", "after"),
]

_KILLED = """
import os, signal
from media_pipeline.jobs import activate, plan, runner
module, name = {"runner": runner, "activate": activate, "plan": plan}[sys.argv[1].split(".")[0]], sys.argv[1].split(".")[1]
real = getattr(module, name)
def deadly(*args, **kwargs):
    if sys.argv[2] == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(module, name, deadly)
runner.run_one()
"""


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_a_kill_at_each_step_of_the_activation_is_all_or_nothing(installation: Installation, tmp_path: Path, step: str, when: str) -> None:
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(picture_bytes((500, 300)))
    installation.ingest(picture)
    command = [sys.executable, "-c", "import json, sys, django; django.setup()\n" + _KILLED, step, when]
    assert subprocess.run(command, env=installation.env, check=False, timeout=600).returncode == -signal.SIGKILL
    current = installation.rows("SELECT name FROM media_pipeline_derivative WHERE state = 'current'")
    done = installation.jobs()[0]["state"] == "done"
    assert bool(current) == done, "derivatives are visible exactly when the job is done"
    installation.let_leases_end()
    assert installation.worker("--once").wait(300) == 0  # it sweeps up even where the dead worker left no job
    work_off(installation)
    audit = installation.audit()
    assert audit["states"] == ["ready"]
    assert not any(audit[name] for name in MUST_BE_EMPTY), audit
    assert not audit["without_row"]
