"""The first pass over a recording's sound: loudness, true peak, real duration, and the 8 kHz stream for the waveform.

One fixed gain follows from it. Single-pass loudness filters change the music and are never used.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..limits import LONGEST_MS
from ..probe import MediaInfo
from ..processes import ffmpeg
from ..processes.sandbox import ProcessLimits, run_python
from .length import require_decoded_length
from .work import Output, Work, from_child

_SUMMARY = re.compile(r"I:\s+(\S+) LUFS.*?LRA:\s+(\S+) LU.*?Peak:\s+(\S+) dBFS", re.DOTALL)
MINIMUM_CPU, CPU_A_SECOND = 300, 20
MINIMUM_WALL, WALL_A_SECOND = 600, 30


@dataclass(frozen=True, slots=True)
class Measurement:
    """Loudness of the whole sound. None where it cannot be measured (silence, too short)."""

    duration_ms: int
    lufs: float | None
    loudness_range: float | None
    true_peak_db: float | None

    def facts(self) -> dict[str, Any]:
        """For the asset's columns."""
        return {
            "duration_ms": self.duration_ms,
            "loudness_lufs": self.lufs,
            "loudness_range": self.loudness_range,
            "true_peak_db": self.true_peak_db,
        }


def limits_for(duration_ms: int | None, kilobits: int) -> ProcessLimits:
    """Limits from a duration that was claimed or measured, never for more than the longest that is allowed; without one for that."""
    seconds = min(LONGEST_MS, duration_ms if duration_ms is not None else LONGEST_MS) / 1000
    written = int(kilobits * 125 * seconds * 1.5) + 16_000_000
    cpu = int(MINIMUM_CPU + CPU_A_SECOND * seconds)
    return ProcessLimits(cpu=cpu, wall=MINIMUM_WALL + WALL_A_SECOND * seconds, file=written, folder=written * 2)


def chosen_track(work: Work) -> int | None:
    """The stream index of the sound of this work: see ``track_of``."""
    return track_of(work.info, work.staff_options.get("audio_track"))


def track_of(info: MediaInfo, choice: int | None) -> int | None:
    """The stream index of the sound to use: the staff's choice, the default, the first; None without sound."""
    tracks = info.sound
    if not tracks:
        return None
    by_choice = [track for track in tracks if track.index == choice]
    return (by_choice or [track for track in tracks if track.default] or list(tracks))[0].index


def measure(work: Work, track: int) -> tuple[Measurement, list[Output]]:
    """Decode the whole sound once. Returns the measurement and the waveform files. Raises Damaged when it has no sound."""
    raw = work.folder / "peaks.raw"
    sound = ffmpeg.source(work.source, work.opens_with, **work.info.read_options)[str(track)].filter_multi_output("asplit")
    loudness = sound[0].filter("ebur128", peak="true", framelog="verbose")
    waveform = sound[1].filter("aresample", 8000).filter("aformat", sample_fmts="s16", channel_layouts="mono")
    outputs = [
        ffmpeg.output([loudness], Path("-"), f="null"),
        ffmpeg.output([waveform], raw, f="s16le"),
    ]
    limits = limits_for(work.info.duration_header_ms, 128)
    encoding = ffmpeg.encode(outputs, folder=work.folder, limits=limits, watch=work.watch, log_level="info")
    request = {"path": str(raw), "folder": str(work.folder)}
    answer = run_python("peaks", request, folder=work.folder, limits=limits_for(None, 1), watch=work.watch)
    raw.unlink()
    duration_ms = round(answer["samples"] / 8)
    require_decoded_length(work, duration_ms)
    return summary(encoding.log, duration_ms), from_child(answer, "peaks")


def summary(log: str, duration_ms: int) -> Measurement:
    """Loudness from the last summary that ebur128 wrote; values that are not numbers are unknown."""
    summaries = _SUMMARY.findall(log)
    values = [float(each) for each in summaries[-1]] if summaries else [math.nan] * 3
    lufs, spread, peak = (round(value, 2) if math.isfinite(value) else None for value in values)
    return Measurement(duration_ms, lufs, spread, peak)


def gain_db(measured: Measurement, target: dict[str, float]) -> float:
    """The one gain for the whole recording; 0 for silence and for short clips such as single words."""
    if measured.lufs is None or measured.lufs < target["quietest_lufs"] or measured.duration_ms < target["shortest_ms"]:
        return 0.0
    room = target["true_peak_db"] - (measured.true_peak_db if measured.true_peak_db is not None else 0.0)
    return round(min(target["target_lufs"] - measured.lufs, room), 2)


def header_lies(duration_header_ms: int | None, decoded_ms: int) -> bool:
    """Whether the length in the header differs from the decoded length by more than 2 % and a tenth of a second."""
    return duration_header_ms is None or abs(duration_header_ms - decoded_ms) > max(100, 0.02 * decoded_ms)
