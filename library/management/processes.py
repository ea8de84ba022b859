"""Starts the processes of the site side by side and ends them all together: no process is left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

GRACE_SECONDS = 15  # a worker hands its job back in that time
BACKGROUND_NICENESS = 10  # a reader's page has about nine times its share of a busy processor
PR_SET_PDEATHSIG = 1  # Linux: the child is told when its parent dies, however it dies


class Supervisor:
    """Runs commands as children in their own process groups until a signal comes or one of them ends by itself."""

    def __init__(self) -> None:
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self, command: Sequence[str], *, background: bool = False) -> subprocess.Popen[bytes]:
        """Starts one child; it gets SIGTERM if this process is killed. One in the background gives way to those who serve readers."""
        ask = _die_with_parent if sys.platform == "linux" else None
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=ask)
        if background:
            give_way(child.pid)
        self.children.append(child)
        return child

    def run(self, ready: Callable[[], None] = lambda: None) -> int:
        """Waits until told to stop; returns 0 after a signal, 1 when a child died by itself."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            ready()
            while not self.stopping and not self.someone_died():
                time.sleep(0.2)
        finally:
            died = not self.stopping
            self.end_all()
        return int(died)

    def someone_died(self) -> bool:
        """True when a child has ended by itself."""
        return any(child.poll() is not None for child in self.children)

    def end_all(self) -> None:
        """SIGTERM to every group, then SIGKILL to those that did not leave in time."""
        for child in self.children:
            self._signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            self._signal_group(child, signal.SIGKILL)
            child.wait()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    @staticmethod
    def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)


def give_way(pid: int) -> None:
    """Lets a process, and whatever it starts from now on, run where nobody else wants to. Nothing where the system knows no such thing."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, pid, BACKGROUND_NICENESS)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
