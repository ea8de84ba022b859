"""The table of a media worker: what is kept safe does not wait until a queue of jobs is empty."""

from threading import Event

import pytest

from background.loop import Loop
from media_pipeline import worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def connections_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection of a test is not a worker's."""
    monkeypatch.setattr("background.loop.close_old_connections", lambda: None)


def test_copies_and_checks_have_their_turn_between_the_jobs_of_a_long_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []
    now = [0.0]

    def takes(name: str, seconds: float) -> bool:
        turns.append(name)
        now[0] += seconds
        return True

    monkeypatch.setattr(worker, "run_one", lambda *_arguments: takes("job", 100))
    monkeypatch.setattr(worker, "copy_next", lambda: takes("copy", 5))
    monkeypatch.setattr(worker, "check_next", lambda: takes("check", 5))
    monkeypatch.setattr(worker, "assemble_next", lambda: False)
    loop = Loop(worker.table(Event()), Event(), lambda: now[0])
    while turns.count("job") < 10:
        loop.round()
    assert turns[:8] == ["job", *["copy"] * 5, "check", "job"]
