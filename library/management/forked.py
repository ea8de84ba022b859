"""A management command in a copy of this process. It shares what is loaded: it starts at once and has little memory of its own."""

import ctypes
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing import get_context

from django.core.management import ManagementUtility
from django.db import connections

PR_SET_PDEATHSIG = 1  # Linux: the kernel signals the child when its parent ends, also after SIGKILL
PR_SET_NAME = 15  # what ps and top call the process: the command line is that of the process it was copied from
CAN_FORK = sys.platform == "linux"  # elsewhere libraries of the system do not bear it


class Forked:
    """The command, running in a session of its own. Has what the supervisor asks of a ``subprocess.Popen``.

    For a process of one thread; its database connections are closed, as no copy may use them.
    """

    def __init__(self, command: Sequence[str]) -> None:
        connections.close_all()
        gc.collect()
        gc.freeze()  # a collection in the copy would touch, and so copy, every page that is shared now
        self._process = get_context("fork").Process(target=_run, args=(list(command),))
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        """How it ended (negative: the number of the signal), or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended. Raises ``subprocess.TimeoutExpired`` after ``timeout`` seconds."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(str(self._process), timeout or 0)
        return self._process.exitcode


def die_with_parent() -> None:
    """On Linux this process gets SIGTERM when its parent ends, also by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _run(command: list[str]) -> None:
    """In the copy: ``command`` is ``manage.py``, the name of the command and its arguments."""
    os.setsid()
    die_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(PR_SET_NAME, command[1].encode())
    ManagementUtility(command).execute()
