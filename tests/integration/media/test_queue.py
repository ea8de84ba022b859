"""A queue in Redis by one setting: workers are woken at once, share the work, and lose nothing when Redis or one of them dies."""

from collections import Counter
from pathlib import Path

import pytest
from redis import Redis

from media_pipeline.jobs.notify import KEY
from tests.integration.media.installation import Installation, end
from tests.media_pipeline.fixtures import picture_bytes
from tests.waiting import wait_until

pytestmark = pytest.mark.service("postgres", "redis")
PICTURES = 24
NEVER = 3600  # seconds between looks: a worker that is not woken does nothing in this test


@pytest.fixture
def installation(postgres_installation: Installation, redis_url: str) -> Installation:
    with Redis.from_url(redis_url) as server:
        server.flushdb()
    postgres_installation.env |= {"MEDIA_QUEUE_URL": redis_url, "MEDIA_LOOK_SECONDS": str(NEVER)}
    return postgres_installation


def take_in(installation: Installation, folder: Path, count: int, side: int = 300) -> None:
    for number in range(count):
        path = folder / f"{side}-{number}.jpg"
        path.write_bytes(picture_bytes((side + number, side)))
    installation.call(
        "from pathlib import Path; from media_pipeline.intake.ingest import ingest\n"
        "for each in sorted(Path(sys.argv[1]).glob(sys.argv[2] + '-*.jpg')): ingest(each.open('rb'), each.name)",
        str(folder),
        str(side),
    )


def sound(installation: Installation, count: int) -> bool:
    audit = installation.audit()
    return audit["states"] == ["ready"] * count and not any(audit[name] for name in ("bad", "double", "without_file", "scratch"))


def test_two_workers_are_woken_and_share_the_work(installation: Installation, tmp_path: Path, redis_url: str) -> None:
    workers = [installation.worker(), installation.worker()]
    try:
        with Redis.from_url(redis_url) as server:
            wait_until(lambda: server.info("clients")["blocked_clients"] == len(workers), what="both workers wait for work")
        take_in(installation, tmp_path, PICTURES)
        installation.wait_until(lambda jobs: len(jobs) == PICTURES and all(job["state"] == "done" for job in jobs))
    finally:
        assert [end(worker) for worker in workers] == [0, 0]
    assert {job["attempts"] for job in installation.jobs()} == {1}
    assert len(Counter(job["worker"] for job in installation.jobs())) == 2, "both worked"
    assert sound(installation, PICTURES)


def test_one_worker_killed_in_the_middle_loses_nothing(installation: Installation, tmp_path: Path) -> None:
    installation.env["MEDIA_LOOK_SECONDS"] = "3"  # what the dead worker held is found by looking
    first = installation.worker()
    take_in(installation, tmp_path, PICTURES, side=900)
    installation.wait_until(lambda jobs: any(job["state"] == "running" for job in jobs))
    installation.kill(first)
    second = installation.worker()
    try:
        installation.wait_until(lambda jobs: len(jobs) == PICTURES and all(job["state"] == "done" for job in jobs))
    finally:
        assert end(second) == 0
    assert sound(installation, PICTURES)


def test_a_worker_takes_only_its_kinds(installation: Installation, tmp_path: Path, redis_url: str) -> None:
    films = installation.worker("--kinds", "video", "audio")
    try:
        take_in(installation, tmp_path, 2)
        with Redis.from_url(redis_url) as server:
            assert server.llen(f"{KEY}image") == 2, "nobody here takes pictures"
        pictures = installation.worker("--kinds", "image")
        try:
            installation.wait_until(lambda jobs: all(job["state"] == "done" for job in jobs))
        finally:
            assert end(pictures) == 0
    finally:
        assert end(films) == 0
    assert len({job["worker"] for job in installation.jobs()}) == 1


def test_without_redis_the_work_is_found_by_looking(installation: Installation, tmp_path: Path) -> None:
    installation.env |= {"MEDIA_QUEUE_URL": "redis://127.0.0.1:1/0", "MEDIA_LOOK_SECONDS": "1"}
    worker = installation.worker()
    try:
        take_in(installation, tmp_path, 2)
        installation.wait_until(lambda jobs: len(jobs) == 2 and all(job["state"] == "done" for job in jobs))
    finally:
        assert end(worker) == 0
    assert sound(installation, 2)
