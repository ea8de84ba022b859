"""Starts the processes of the site together, starts again what has ended, and ends all of them together."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from library.management.forked import CAN_FORK, Forked, die_with_parent

logger = logging.getLogger(__name__)
GRACE_SECONDS = 15  # enough for a worker to give its job back
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds before a child that has ended is started again
LIVED_LONG = 60.0  # seconds after which a child counts as healthy: its next start waits FIRST_WAIT again
LOOK_EVERY = 0.2  # seconds
BACKGROUND_NICENESS = 10  # on a busy processor, a web process gets about nine times as much time


@dataclass(slots=True)
class Child:
    """One command that is to run for as long as the site does. Times are monotonic seconds."""

    command: Sequence[str]
    background: bool
    forked: bool  # a command of manage.py, in a copy of this process where the system bears it
    files: Sequence[int]  # open files that it inherits, by number
    process: "subprocess.Popen[bytes] | Forked"
    started: float = field(default_factory=time.monotonic)
    ends: int = 0  # in a row, without a long life between them
    start_at: float | None = None  # while it has ended and waits

    def __str__(self) -> str:
        return " ".join(self.command[1:])


class Supervisor:
    """Runs commands as children in their own process groups until a signal comes. A child that ends is started again."""

    def __init__(self, grace: float = GRACE_SECONDS) -> None:
        self.grace = grace  # seconds that children have to end by themselves
        self.children: list[Child] = []
        self.stopping = False

    def start(self, command: Sequence[str], *, background: bool = False, forked: bool = False, files: Sequence[int] = ()) -> Child:
        """Starts one child; on Linux it gets SIGTERM if this process is killed. A background child runs with lower priority.

        A forked child is a command of ``manage.py``: it starts as a copy of this process, which opens nothing and has one thread.
        """
        child = Child(command, background, forked, files, _begin(command, background=background, forked=forked, files=files))
        self.children.append(child)
        return child

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Waits for a signal, starting again what ends meanwhile; then ends all."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            ready()
            while not self.stopping:
                self.restart_ended()
                time.sleep(LOOK_EVERY)
        finally:
            self.end_all()

    def any_ended(self) -> bool:
        """Whether a child has ended by itself."""
        return any(child.process.poll() is not None for child in self.children)

    def restart_ended(self) -> None:
        """Notes which children have ended, and starts those whose wait is over. Each end soon after a start doubles the wait."""
        now = time.monotonic()
        for child in self.children:
            if child.start_at is None and child.process.poll() is not None:
                self._note_end(child, now)
            if child.start_at is not None and now >= child.start_at:
                self._start_again(child, now)

    def _note_end(self, child: Child, now: float) -> None:
        child.ends = 1 if now - child.started > LIVED_LONG else child.ends + 1
        wait = min(FIRST_WAIT * 2.0 ** (child.ends - 1), LONGEST_WAIT)
        child.start_at = now + wait
        self._signal_group(child, signal.SIGKILL)  # what it left behind may hold its port or its files
        logger.error("%s ended (%s); it is started again in %.0f s", child, child.process.returncode, wait)

    def _start_again(self, child: Child, now: float) -> None:
        try:
            child.process = _begin(child.command, background=child.background, forked=child.forked, files=child.files)
        except OSError as error:  # no memory or no process number now
            child.start_at = now + LONGEST_WAIT
            logger.error("%s could not be started: %s", child, error)
            return
        child.started, child.start_at = now, None

    def end_all(self) -> None:
        """Sends SIGTERM to every process group, then SIGKILL to those that have not ended after ``grace``."""
        for child in self.children:
            self._signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + self.grace
        for child in self.children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
            self._signal_group(child, signal.SIGKILL)
            child.process.wait()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    @staticmethod
    def _signal_group(child: Child, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, number)


def _begin(command: Sequence[str], *, background: bool, forked: bool, files: Sequence[int]) -> "subprocess.Popen[bytes] | Forked":
    process = Forked(command[1:]) if forked and CAN_FORK else _spawn(command, files)
    if background:
        lower_priority(process.pid)
    return process


def _spawn(command: Sequence[str], files: Sequence[int]) -> "subprocess.Popen[bytes]":
    preexec = die_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=preexec, pass_fds=files)


def lower_priority(pid: int) -> None:
    """Lowers the priority of a process and of all it starts from now on. Does nothing on systems without priorities (Windows)."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(ProcessLookupError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, pid, BACKGROUND_NICENESS)
