"""Growing is a matter of settings: PostgreSQL, two workers on one queue, workers by kind."""

from pathlib import Path

import pytest

from tests.integration.media.installation import Installation, end
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.service("postgres")
PICTURES = 8


def test_two_workers_share_one_queue_and_do_nothing_twice(postgres_installation: Installation, tmp_path: Path) -> None:
    for number in range(PICTURES):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(picture_bytes((300 + number, 200)))
        postgres_installation.ingest(path)
    workers = [postgres_installation.worker(), postgres_installation.worker()]
    try:
        postgres_installation.wait_until(lambda jobs: len(jobs) == PICTURES and all(job["state"] == "done" for job in jobs))
    finally:
        ends = [end(worker) for worker in workers]
    assert ends == [0, 0]
    jobs = postgres_installation.jobs()
    assert {job["attempts"] for job in jobs} == {1}
    audit = postgres_installation.audit()
    assert audit["states"] == ["ready"] * PICTURES
    assert not any(audit[name] for name in ("bad", "double", "without_file", "without_row", "scratch"))


def test_a_worker_for_films_leaves_pictures_to_others(postgres_installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(picture_bytes((300, 200)))
    postgres_installation.ingest(path)
    assert postgres_installation.worker("--once", "--kinds", "video", "audio").wait(300) == 0
    assert postgres_installation.jobs()[0]["state"] == "queued"
    assert postgres_installation.worker("--once", "--kinds", "image").wait(300) == 0
    assert postgres_installation.jobs()[0]["state"] == "done"
