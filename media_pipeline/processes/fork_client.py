"""Children forked from a server that has loaded Pillow once: starting Python and Pillow takes half the time of a thumbnail.

Programs (ffmpeg, tesseract) start there too: a forked child confines itself and becomes the program, which saves a Python each.
The server is a process of its own, started with the first child, with the same empty environment as a child. It never opens a file
from outside. Every child has its own process group, limits and folder. Children end with the server, and the server with us.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from . import bubblewrap
from .confinement import file_protection
from .spawn import PYTHON, Child, ChildRequest, ExitStatus, SpawnedChild, environment

SERVER = "media_pipeline.processes.fork_server"


class ForkedChild:
    """A child of the server. ``report`` is the pipe from the server: first the child's process number, at last how it ended."""

    def __init__(self, pid: int, report: int, stdout: int, stderr: int) -> None:
        self.pid = pid
        self.stdout: IO[bytes] = os.fdopen(stdout, "rb")
        self.stderr: IO[bytes] = os.fdopen(stderr, "rb")
        self._report = os.fdopen(report, "rb")

    def wait(self) -> ExitStatus:
        """See Child. When the server is gone, the child is gone too."""
        with self._report:
            line = self._report.readline()
        return ExitStatus(*json.loads(line)) if line else ExitStatus(-9, 0.0, 0)


class _Server:
    """The server, seen from here; one for each process that needs children."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [*PYTHON, SERVER, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                cwd="/",
                env=environment(Path("/")),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.socket, self.owner = ours, os.getpid()

    def fork(self, request: ChildRequest) -> Child:
        """Raises OSError when the server is gone."""
        pipes = [os.pipe() for _each in range(3)]
        report, stdout, stderr = (read for read, _write in pipes)
        try:
            with request.as_file() as content:
                socket.send_fds(self.socket, [b"?"], [content.fileno(), *(write for _read, write in pipes)])
        except OSError:
            for read, _write in pipes:
                os.close(read)
            raise
        finally:
            for _read, write in pipes:
                os.close(write)
        number = os.read(report, 4)
        if len(number) != 4:
            for descriptor in (report, stdout, stderr):
                os.close(descriptor)
            raise OSError("the fork server has ended")
        return ForkedChild(int.from_bytes(number, "big"), report, stdout, stderr)

    def close(self) -> None:
        """Close the socket; the server ends when its last client is gone."""
        self.socket.close()
        if self.owner == os.getpid():
            self.process.wait()


_lock = threading.Lock()
_server: _Server | None = None


def fork(request: ChildRequest) -> Child | None:
    """A running child; None where the system cannot do this or the server does not start."""
    if sys.platform != "linux":
        return None
    with _lock, suppress(OSError):
        try:
            return _running().fork(request)
        except OSError:
            close()  # it was killed: once more with a new one
            return _running().fork(request)
    return None


def start(request: ChildRequest) -> Child:
    """A running child: forked, or from a new Python where that is impossible. A view of bubblewrap's can only be made for a new one."""
    if file_protection() == bubblewrap.NAME:
        return SpawnedChild(request)
    return fork(request) or SpawnedChild(request)


def close() -> None:
    """End the server; the next child starts a new one."""
    global _server
    if _server:
        _server.close()
    _server = None


def _running() -> _Server:
    """The server of this process: one that was inherited by a fork belongs to another process."""
    global _server
    if _server is None or _server.owner != os.getpid():
        _server = _Server()
    return _server
