"""Starts a child in a new process: confined and limited before its program, without input and without our environment."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Protocol

from . import bubblewrap
from .access import Access, python_paths
from .confinement import file_protection
from .launch import NO_PARENT

LAUNCHER, CHILDREN = "media_pipeline.processes.launch", "media_pipeline.processes.children"
PROJECT = Path(__file__).resolve().parent.parent.parent
#: Where Python children find Pillow and PDFium; with this their start need not look around (``-S``), which saves a fifth of a thumbnail.
PACKAGES = [each for each in sys.path if each.endswith("site-packages")]
INTERPRETERS = sorted({str(Path(sys.executable).parent), str(Path(sys.executable).resolve().parent)})
#: ``-P``: what lies in the folder of a child is never imported.
PYTHON = [sys.executable, "-P", "-S", "-s", "-m"]


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


@dataclass(frozen=True, slots=True)
class ChildRequest:
    """A child to start: a program with its arguments, or ``arguments`` for our own code; where it works and what it may use and open.

    ``limits``: memory, cpu and file, as the launcher knows them.
    """

    folder: Path
    limits: dict[str, int]
    access: Access | None
    command: list[str] | None = None
    arguments: list[str] | None = None

    def as_json(self) -> dict[str, Any]:
        """As ``launch.become`` reads it."""
        access = self.access.as_json() if self.access else None
        return {"folder": str(self.folder), "limits": self.limits, "access": access, "command": self.command, "arguments": self.arguments}

    def as_file(self) -> IO[bytes]:
        """An open file without a name, at its beginning: a message and an argument have a longest size, a file has none."""
        file = os.fdopen(os.memfd_create("request"), "w+b") if sys.platform == "linux" else tempfile.TemporaryFile()  # noqa: SIM115
        file.write(json.dumps(self.as_json()).encode())
        file.seek(0)
        return file


class SpawnedChild:
    """A child that the launcher becomes, in a view of bubblewrap's where there is no Landlock."""

    def __init__(self, request: ChildRequest) -> None:
        command, asked = _command(request)
        with asked.as_file() as file:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL if os.name == "nt" else file,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=request.folder,
                env=environment(request.folder),
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


def _command(request: ChildRequest) -> tuple[list[str], ChildRequest]:
    """What is started, and the request that the launcher reads from its input."""
    if os.name == "nt":  # no launcher: a process cannot become another there
        return request.command or [*PYTHON, CHILDREN, *(request.arguments or [])], request
    if request.access is None or file_protection() != bubblewrap.NAME:
        return [*PYTHON, LAUNCHER, str(os.getpid())], request
    launcher = [*PYTHON, LAUNCHER, str(NO_PARENT)]
    with_launcher = replace(request.access, read=(*request.access.read, *python_paths()), execute=(*request.access.execute, *INTERPRETERS))
    return bubblewrap.command(with_launcher, request.folder, launcher), replace(request, access=None)


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
