"""Growing is a matter of settings: PostgreSQL, two workers on one queue, workers by kind."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.integration.media_installation import Installation, end
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.service("postgres")
PICTURES = 8


@pytest.fixture
def installation(postgres_url: str, tmp_path: Path) -> Iterator[Installation]:
    name = f"media_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield Installation(tmp_path, DATABASE_URL=f"{postgres_url.rpartition('/')[0]}/{name}")
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_two_workers_share_one_queue_and_do_nothing_twice(installation: Installation, tmp_path: Path) -> None:
    for number in range(PICTURES):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(picture_bytes((300 + number, 200)))
        installation.ingest(path)
    workers = [installation.worker(), installation.worker()]
    try:
        installation.wait_until(lambda jobs: len(jobs) == PICTURES and all(job["state"] == "done" for job in jobs))
    finally:
        ends = [end(worker) for worker in workers]
    assert ends == [0, 0]
    jobs = installation.jobs()
    assert {job["attempts"] for job in jobs} == {1}
    audit = installation.audit()
    assert audit["states"] == ["ready"] * PICTURES
    assert not any(audit[name] for name in ("bad", "double", "without_file", "without_row", "scratch"))


def test_a_worker_for_films_leaves_pictures_to_others(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(picture_bytes((300, 200)))
    installation.ingest(path)
    assert installation.worker("--once", "--kinds", "video", "audio").wait(60) == 0
    assert installation.jobs()[0]["state"] == "queued"
    assert installation.worker("--once", "--kinds", "image").wait(60) == 0
    assert installation.jobs()[0]["state"] == "done"
