"""The supervisor starts again what has ended, later each time, and leaves nothing running when it ends."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from library.management import processes
from library.management.processes import Child, Supervisor
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="process groups")
SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
WITH_A_CHILD = [sys.executable, "-c", "import subprocess, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"]


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    supervisor.end_all()


def end_and_look(supervisor: Supervisor, child: Child, now: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill the child and let the supervisor look at this time of its clock."""
    child.process.kill()
    child.process.wait()
    monkeypatch.setattr(processes.time, "monotonic", lambda: now)
    supervisor.restart_ended()


def test_a_killed_child_is_started_again_and_the_others_are_left_alone(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FIRST_WAIT", 0.0)
    killed, other = supervisor.start(SLEEP), supervisor.start(SLEEP, background=True)
    before = killed.process.pid, other.process.pid
    os.kill(killed.process.pid, signal.SIGKILL)
    wait_until(lambda: killed.process.poll() is not None)
    supervisor.restart_ended()
    assert killed.process.pid != before[0]
    assert killed.process.poll() is None
    assert other.process.pid == before[1]
    assert not supervisor.stopping


def test_each_end_soon_after_a_start_doubles_the_wait_and_a_long_life_forgives(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, now, waits = supervisor.start(SLEEP), 10_000.0, []
    child.started = now
    for _end in range(8):
        end_and_look(supervisor, child, now, monkeypatch)
        assert child.start_at is not None
        waits.append(child.start_at - now)
        now = child.start_at
        monkeypatch.setattr(processes.time, "monotonic", lambda now=now: now)
        supervisor.restart_ended()
        assert child.start_at is None
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    now += processes.LIVED_LONG + 1
    end_and_look(supervisor, child, now, monkeypatch)
    assert child.start_at == now + processes.FIRST_WAIT


def test_a_command_that_cannot_be_started_is_tried_again(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    child = supervisor.start(SLEEP)
    child.command = ["/no/such/program"]
    end_and_look(supervisor, child, child.started + 1, monkeypatch)
    monkeypatch.setattr(processes.time, "monotonic", lambda: child.started + 10)
    supervisor.restart_ended()
    assert child.start_at == child.started + 10 + processes.LONGEST_WAIT


def test_what_a_dead_child_left_behind_is_ended_before_it_is_started_again(supervisor: Supervisor) -> None:
    child = supervisor.start(WITH_A_CHILD)
    wait_until(lambda: _group_of(child.process.pid) - {child.process.pid})
    orphans = _group_of(child.process.pid) - {child.process.pid}
    child.process.kill()
    child.process.wait()
    supervisor.restart_ended()
    wait_until(lambda: not any(_runs(pid) for pid in orphans))
    assert [pid for pid in orphans if _runs(pid)] == []


def _group_of(leader: int) -> set[int]:
    return {pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _stat(pid)[2:3] == [str(leader)]}  # noqa: PTH208


def _runs(pid: int) -> bool:
    return _stat(pid)[:1] not in ([], ["Z"])


def _stat(pid: int) -> list[str]:
    """State, parent, group, … of a process; empty when there is none."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()
    except OSError:
        return []
