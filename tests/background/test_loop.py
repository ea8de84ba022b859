"""The loop of every worker: a work that fails waits and is seen by doctor, the others go on; shared work is done by one worker."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from background import checks, states
from background.loop import AWAY_FOR_LONG, FIRST_WAIT, LONGEST_WAIT, Loop
from background.models import WorkState
from background.work import Work, tables

pytestmark = pytest.mark.django_db


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def connections_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection of a test is not a worker's."""
    monkeypatch.setattr("background.loop.close_old_connections", lambda: None)


def failing(error: Exception) -> Callable[[], object]:
    def fail() -> object:
        raise error

    return fail


def test_a_work_that_fails_leaves_the_others_alone_and_is_tried_again_later_each_time(clock: Clock) -> None:
    tries, good = [], []

    def poison() -> None:
        tries.append(clock.now)
        raise OSError("disk full")

    loop = Loop([Work("poison", poison), Work("good", lambda: good.append(clock.now))], Event(), clock)
    while len(tries) < 9:
        loop.round()
        clock.now += 1
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits == [min(FIRST_WAIT * 2**number, LONGEST_WAIT) for number in range(8)]
    assert len(good) == clock.now - 1000


def test_a_work_has_its_share_of_the_time_though_a_work_above_it_never_ends(clock: Clock) -> None:
    spent = {"uploads": 0.0, "jobs": 0.0, "copies": 0.0, "checks": 0.0}

    def takes(name: str, seconds: float) -> Callable[[], bool]:
        def run() -> bool:
            clock.now += seconds
            spent[name] += seconds
            return True

        return run

    table = [
        Work("jobs", takes("jobs", 60.0), gives_way=True),
        Work("copies", takes("copies", 2.0), share=0.25),
        Work("checks", takes("checks", 1.0), share=0.05),
    ]
    loop = Loop(table, Event(), clock)
    while spent["jobs"] < 6000:
        assert loop.round()
    assert 0.2 <= spent["copies"] / spent["jobs"] <= 0.26
    assert 0.04 <= spent["checks"] / spent["jobs"] <= 0.06
    loop = Loop([Work("uploads", takes("uploads", 1.0)), *table], Event(), clock)
    copies = spent["copies"]
    assert all(loop.round() for _each in range(10))
    assert spent["copies"] == copies, "what stands above the work that gives way still comes first"


def test_a_work_that_had_nothing_to_do_saves_no_time_for_later(clock: Clock) -> None:
    turns: list[str] = []

    def job() -> bool:
        clock.now += 60
        turns.append("job")
        return True

    def copy() -> bool:
        clock.now += 15
        turns.append("copy")
        return len(turns) > 20

    loop = Loop([Work("jobs", job, gives_way=True), Work("copies", copy, share=0.25)], Event(), clock)
    for _each in range(30):
        loop.round()
    assert "copy copy" not in " ".join(turns)


def test_doctor_names_what_fails_until_it_has_gone_well(clock: Clock) -> None:
    good: list[bool] = []

    def sometimes() -> None:
        if not good:
            raise OSError("no such bucket")

    loop = Loop([Work("second copies", sometimes)], Event(), clock)
    loop.round()
    (check,) = checks.doctor()
    assert check["status"] == "failed"
    assert "second copies" in check["detail"]
    assert "no such bucket" in check["detail"]
    good.append(True)
    clock.now += FIRST_WAIT
    loop.round()
    assert checks.doctor()[0]["status"] == "ok"
    assert not loop.failures


def test_a_failure_of_an_earlier_process_is_forgotten_with_the_first_success(clock: Clock) -> None:
    Loop([Work("fixity", failing(OSError("EIO")))], Event(), clock).round()
    Loop([Work("fixity", lambda: None)], Event(), clock).round()
    assert checks.doctor()[0]["status"] == "ok"


def test_a_database_that_is_away_is_tried_every_five_seconds_and_seen_when_it_stays_away(clock: Clock) -> None:
    tries: list[float] = []

    def away() -> None:
        tries.append(clock.now)
        raise OperationalError("no such column")

    loop = Loop([Work("outbox", away)], Event(), clock)
    while len(tries) < AWAY_FOR_LONG:
        assert not WorkState.objects.exists()
        loop.round()
        clock.now += 1
    assert {later - earlier for earlier, later in pairwise(tries)} == {FIRST_WAIT}
    assert "no such column" in checks.doctor()[0]["detail"]


def test_a_failure_that_cannot_be_stored_ends_nothing(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkState.objects, "update_or_create", lambda **values: failing(OperationalError("away"))())
    good: list[int] = []
    Loop([Work("bad", failing(ValueError("x"))), Work("good", lambda: good.append(1))], Event(), clock).round()
    assert good


def test_a_round_begins_again_at_the_top_while_there_is_something_to_do(clock: Clock) -> None:
    order: list[str] = []
    uploads = [1, 1]

    def take_in() -> bool:
        order.append("upload")
        return bool(uploads and uploads.pop())

    loop = Loop([Work("uploads", take_in), Work("copies", lambda: order.append("copy"))], Event(), clock)
    loop.run(lambda: None, once=True)
    assert order == ["upload", "upload", "upload", "copy"]


def test_timed_work_runs_when_its_time_has_come(clock: Clock) -> None:
    runs: list[float] = []
    loop = Loop([Work("sweep", lambda: runs.append(clock.now), every=30)], Event(), clock)
    for _second in range(61):
        loop.round()
        clock.now += 1
    assert runs == [1000, 1030, 1060]


def test_shared_work_is_done_by_one_worker(clock: Clock) -> None:
    runs: list[str] = []

    def worker(name: str) -> Loop:
        return Loop([Work("publish", lambda: runs.append(name), every=3600, shared=True)], Event(), clock)

    for name in ("one", "two"):
        worker(name).round()
    assert runs == ["one"]
    WorkState.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    worker("two").round()
    assert runs == ["one", "two"]
    state = WorkState.objects.get()
    assert state.succeeded_at
    assert state.next_at > timezone.now() + timedelta(minutes=59)


def test_shared_work_that_was_cut_off_is_started_again_soon(clock: Clock) -> None:
    work = Work("publish", lambda: None, every=24 * 3600, shared=True)
    assert states.claim(work)
    assert not states.claim(work)
    assert WorkState.objects.get().next_at <= timezone.now() + states.LEASE


def test_shared_work_that_fails_is_tried_again_before_its_next_turn(clock: Clock) -> None:
    Loop([Work("publish", failing(OSError("x")), every=24 * 3600, shared=True)], Event(), clock).round()
    state = WorkState.objects.get()
    assert (state.failures, state.host) == (1, "")
    assert state.next_at < timezone.now() + timedelta(seconds=2 * FIRST_WAIT)


def test_nothing_starts_after_the_signal_to_stop(clock: Clock) -> None:
    stop, runs = Event(), []
    loop = Loop([Work("first", stop.set), Work("second", lambda: runs.append(1))], stop, clock)
    loop.run(lambda: None)
    assert not runs


def test_the_tables_that_settings_name_can_be_loaded(settings: Any) -> None:
    from media_pipeline.worker import table
    from search.maintenance import DRAINING, UPKEEP

    works = [*table(Event()), *DRAINING, *UPKEEP, *tables(settings.REGULAR_WORK)]
    names = [work.name for work in works]
    assert len(names) == len(set(names))
    assert all(work.every for work in works if work.shared)
