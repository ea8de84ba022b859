"""Starts the processes of the site together and ends them together: no process is left running."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

GRACE_SECONDS = 15  # enough for a worker to give its job back
BACKGROUND_NICENESS = 10  # on a busy processor, a web process gets about nine times as much time
PR_SET_PDEATHSIG = 1  # Linux: the kernel signals the child when its parent ends, also after SIGKILL


class Supervisor:
    """Runs commands as children in their own process groups until a signal comes or one of them ends by itself."""

    def __init__(self) -> None:
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self, command: Sequence[str], *, background: bool = False) -> subprocess.Popen[bytes]:
        """Starts one child; on Linux it gets SIGTERM if this process is killed. A background child runs with lower priority."""
        preexec = _die_with_parent if sys.platform == "linux" else None
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=preexec)
        if background:
            lower_priority(child.pid)
        self.children.append(child)
        return child

    def run(self, ready: Callable[[], None] = lambda: None) -> int:
        """Waits for a signal or for the end of a child; then ends all. Returns 0 after a signal, 1 when a child ended by itself."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            ready()
            while not self.stopping and not self.any_ended():
                time.sleep(0.2)
        finally:
            failed = not self.stopping
            self.end_all()
        return int(failed)

    def any_ended(self) -> bool:
        """Whether a child has ended by itself."""
        return any(child.poll() is not None for child in self.children)

    def end_all(self) -> None:
        """Sends SIGTERM to every process group, then SIGKILL to those that have not ended after GRACE_SECONDS."""
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


def lower_priority(pid: int) -> None:
    """Lowers the priority of a process and of all it starts from now on. Does nothing on systems without priorities (Windows)."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, pid, BACKGROUND_NICENESS)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
