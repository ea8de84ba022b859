"""Runs one child program, confined and under limits, and ends it: own process group, no input, no secrets in its environment.

Everything that opens a file from outside runs here: ffmpeg, ffprobe, tesseract, and our own Pillow and PDFium code
(``media_pipeline.processes.children``), so that a crash in a decoder is one failed job and never the worker.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import Damaged, LeaseLost, MediaError, OverLimit, Protected, Refused, StopRequested, Transient, Waiting
from .access import for_program, for_python
from .child_threads import TERM_SECONDS, OutputLines, Reaper
from .fork_client import start
from .launch import NOT_STARTED
from .spawn import Child, ChildRequest

GIB = 1024**3
POLL_SECONDS = 0.25
FOLDER_EVERY_SECONDS = 2
#: Windows knows neither; there the wall, stall and output limits hold, and ``manage.py doctor`` says so.
KILL, CONTINUE = getattr(signal, "SIGKILL", signal.SIGTERM), getattr(signal, "SIGCONT", 0)
ENDED_BY_LIMIT = {getattr(signal, name) for name in ("SIGXCPU", "SIGXFSZ", "SIGKILL") if hasattr(signal, name)}


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What a child may use. Memory, file and folder (what it adds to it) in bytes, the rest in seconds; stall counts only where
    progress is watched."""

    memory: int = 2 * GIB
    cpu: int = 300
    wall: float = 600
    stall: float = 120
    file: int = 2 * GIB
    folder: int = 4 * GIB

    def enforced(self) -> dict[str, int]:
        """Those that the kernel enforces; the others are kept by the parent's clock."""
        return {"memory": self.memory, "cpu": self.cpu, "file": self.file}


@dataclass(frozen=True, slots=True)
class ProcessResult:
    """How a child ended. ``returncode`` is negative for a signal."""

    returncode: int
    stdout: str
    stderr: str
    cpu_seconds: float
    peak_rss: int


@dataclass(slots=True)
class Watch:
    """What the parent knows while children run: whether to go on, and the resources used by all of them."""

    lease_lost: threading.Event = field(default_factory=threading.Event)
    stop_requested: threading.Event = field(default_factory=threading.Event)
    cpu_seconds: float = 0.0
    peak_rss: int = 0
    child: int | None = None  # the process that runs now

    def check(self) -> None:
        """Raise when the work must end now."""
        if self.lease_lost.is_set():
            raise LeaseLost
        if self.stop_requested.is_set():
            raise StopRequested

    def add(self, cpu_seconds: float, peak_rss: int) -> None:
        """Count what one more child has used."""
        self.cpu_seconds += cpu_seconds
        self.peak_rss = max(self.peak_rss, peak_rss)


def run(
    command: Sequence[str],
    *,
    folder: Path,
    limits: ProcessLimits,
    reads: Iterable[Path] = (),
    watch: Watch | None = None,
    on_line: Callable[[str], bool] | None = None,
) -> ProcessResult:
    """Run a program to its end. It opens its folder, and the files ``reads`` to read them; see ``access``.

    ``on_line`` gets each line of its output and answers whether it was progress.
    Raises OverLimit, LeaseLost or StopRequested after the child and all its own children are gone.
    """
    access = for_program(command[0], folder, reads)
    child = start(ChildRequest(folder, limits.enforced(), access, command=list(command)))
    return _supervise(child, folder, limits, watch or Watch(), on_line)


def _supervise(
    child: Child, folder: Path, limits: ProcessLimits, watch: Watch, on_line: Callable[[str], bool] | None = None
) -> ProcessResult:
    """Wait for a child within the limits that only its parent can enforce, and leave no process of it behind."""
    watch.child = child.pid
    lines = OutputLines(child, on_line)
    waiting = Reaper(child)
    try:
        _wait(waiting, lines, folder, limits, watch)
    finally:
        if not waiting.done.is_set():
            _end(child, waiting)
        _signal_group(child, KILL)
        lines.close()
        watch.child = None
        watch.add(waiting.ended.cpu_seconds, waiting.ended.peak_rss)
    ended = waiting.ended
    if ended.returncode == NOT_STARTED:
        raise MediaError("bug", "the child could not be started", log=lines.stderr)
    return ProcessResult(ended.returncode, lines.stdout, lines.stderr, ended.cpu_seconds, ended.peak_rss)


def run_python(name: str, request: dict[str, Any], *, folder: Path, limits: ProcessLimits, watch: Watch | None = None) -> dict[str, Any]:
    """Run ``media_pipeline.processes.children.<name>`` on a request and return its answer; its errors are raised here."""
    request_file, answer_file = folder / f"{name}.request.json", folder / f"{name}.answer.json"
    request_file.write_text(json.dumps(request), "utf-8")
    answer_file.unlink(missing_ok=True)
    arguments = [name, str(request_file), str(answer_file)]
    sources = [Path(request["path"])] if "path" in request else []
    child = start(ChildRequest(folder, limits.enforced(), for_python(folder, sources), arguments=arguments))
    finished = _supervise(child, folder, limits, watch or Watch())
    if not answer_file.exists():
        raise _crash(finished)
    answer: dict[str, Any] = json.loads(answer_file.read_text("utf-8"))
    if "error" in answer:
        raise ERRORS[answer["error"]](answer["code"], answer.get("detail", ""), log=finished.stderr)
    return answer


#: Kind of a child's error → the exception.
ERRORS: dict[str, type[MediaError]] = {
    "refused": Refused,
    "damaged": Damaged,
    "protected": Protected,
    "limit": OverLimit,
    "waiting": Waiting,
    "transient": Transient,
}


def _crash(finished: ProcessResult) -> MediaError:
    """A child that ended without an answer: killed by a limit, or its decoder crashed on the file."""
    if -finished.returncode in ENDED_BY_LIMIT or "MemoryError" in finished.stderr:
        return OverLimit("over_limit", f"signal {-finished.returncode}", log=finished.stderr)
    if finished.returncode < 0:
        return Damaged("damaged", f"decoder crashed with signal {-finished.returncode}", log=finished.stderr)
    return MediaError("bug", f"exit code {finished.returncode}", log=finished.stderr)


def _wait(waiting: Reaper, lines: OutputLines, folder: Path, limits: ProcessLimits, watch: Watch) -> None:
    started = last_folder = time.monotonic()
    bytes_before = folder_bytes(folder)  # the original is there already, and what earlier children made
    while not waiting.done.wait(POLL_SECONDS):
        watch.check()
        now = time.monotonic()
        if now - started > limits.wall:
            raise OverLimit("over_limit", f"more than {limits.wall:.0f} s", log=lines.stderr)
        if lines.watched and now - max(started, lines.last_progress) > limits.stall:
            raise OverLimit("stalled", f"no progress for {limits.stall:.0f} s", log=lines.stderr)
        if now - last_folder > FOLDER_EVERY_SECONDS:
            last_folder = now
            if folder_bytes(folder) - bytes_before > limits.folder:
                raise OverLimit("over_limit", f"more than {limits.folder} bytes written", log=lines.stderr)
    watch.check()


def folder_bytes(folder: Path) -> int:
    """The bytes of all files below a folder; files that vanish meanwhile do not count."""
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(place) / name).lstat().st_size
    return total


def _end(child: Child, waiting: Reaper) -> None:
    """Send SIGTERM, wait, kill: the whole group, stopped processes included."""
    _signal_group(child, signal.SIGTERM)
    _signal_group(child, CONTINUE)
    if not waiting.done.wait(TERM_SECONDS):
        _signal_group(child, KILL)
        waiting.done.wait()


def _signal_group(child: Child, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, number)
        elif number != CONTINUE:
            os.kill(child.pid, number)
