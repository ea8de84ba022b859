"""Starts a child: its limits are set before its program, without input and without our environment."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

LAUNCHER = Path(__file__).with_name("launch.py")
PROJECT = Path(__file__).resolve().parent.parent.parent
#: Where Python children find Pillow and PDFium; with this their start need not look around (``-S``), which saves a fifth of a thumbnail.
PACKAGES = [each for each in sys.path if each.endswith("site-packages")]
PYTHON = [sys.executable, "-S", "-s", "-m"]


@dataclass(frozen=True, slots=True)
class ExitStatus:
    """How a child ended and what it cost. ``returncode`` is negative for a signal; seconds and bytes."""

    returncode: int
    cpu_seconds: float
    peak_rss: int


class Child(Protocol):
    """A process in a group of its own. ``stdout`` and ``stderr`` are the ends to read from."""

    pid: int
    stdout: IO[bytes]
    stderr: IO[bytes]

    def wait(self) -> ExitStatus:
        """Block until it has ended."""


class SpawnedChild:
    """A program started by the launcher. ``limits``: memory, cpu and file, as the launcher knows them."""

    def __init__(self, command: Sequence[str], folder: Path, limits: dict[str, int]) -> None:
        launcher = [] if os.name == "nt" else [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(limits), str(os.getpid())]
        self._process = subprocess.Popen(
            [*launcher, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(folder),
            start_new_session=True,
            close_fds=True,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self.pid, self.stdout, self.stderr = self._process.pid, self._process.stdout, self._process.stderr

    def wait(self) -> ExitStatus:
        """See Child."""
        if not hasattr(os, "wait4"):
            return ExitStatus(self._process.wait(), 0.0, 0)
        _pid, status, used = os.wait4(self.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return ExitStatus(self._process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def environment(folder: Path) -> dict[str, str]:
    """The environment of a child: no settings, no secrets, no proxies. Python children only need to find this package."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PYTHONPATH": os.pathsep.join([str(PROJECT), *PACKAGES]),
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",  # a fresh process pays for every page of a picture; large ones are fewer
        "OMP_THREAD_LIMIT": "1",
        "VIPS_CONCURRENCY": "1",
        "VIPS_BLOCK_UNTRUSTED": "1",
    }
