"""Several sounds as one MP3: each is cut, measured (EBU R128) and brought to one loudness by one gain; then they follow one another.

Recordings keep their dynamics: their gain ends where their peaks would clip, and the other parts are no louder than they can be.
Speech, which may be limited, reaches every goal.
"""

from dataclasses import dataclass
from pathlib import Path

from .. import recipes
from ..errors import Damaged, Waiting
from ..probe import MediaInfo
from ..processes import ffmpeg
from ..processes.sandbox import Watch
from ..recipes import JOINED
from .audio import require_clean
from .loudness import Measurement, gain_db, limits_for, summary
from .work import our_output

RAW_KILOBITS = 44.1 * 24  # of the mono sound between the two steps


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a file: from ``start_ms`` to ``end_ms`` of its clock, to its end where that is None. ``speech`` may be limited."""

    source: Path
    info: MediaInfo
    opens_with: str
    track: int
    start_ms: int = 0
    end_ms: int | None = None
    speech: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A cut as it stands in the working folder, with its loudness."""

    path: Path
    measured: Measurement
    speech: bool


def cut(part: Cut, path: Path, *, watch: Watch) -> Level:
    """Decode a part into a mono WAV file and measure it. Raises Damaged when nothing is heard in it."""
    options = dict(part.info.read_options)
    if part.start_ms:
        options["ss"] = part.start_ms / 1000
    if part.end_ms is not None:
        options["t"] = (part.end_ms - part.start_ms) / 1000
    sound = ffmpeg.source(part.source, part.opens_with, **options)[str(part.track)]
    split = sound.filter("aresample", JOINED["ar"]).filter("aformat", channel_layouts="mono").filter_multi_output("asplit")
    outputs = [
        ffmpeg.output([split[0].filter("ebur128", peak="true", framelog="verbose")], Path("-"), f="null"),
        ffmpeg.output([split[1]], path, f="wav", **{"c:a": "pcm_s24le"}),
    ]
    limits = limits_for(part.info.duration_header_ms, int(RAW_KILOBITS))
    encoding = ffmpeg.encode(outputs, folder=path.parent, limits=limits, watch=watch, log_level="info")
    if not encoding.written_ms:
        raise Damaged("nothing_decoded")
    return Level(path, summary(encoding.log, encoding.written_ms), part.speech)


def join(levels: list[Level], path: Path, *, pause_ms: int, watch: Watch) -> Measurement:
    """Write the levelled cuts, with pauses between them, as one MP3; its duration and its loudness as they came out.

    Raises Waiting where ffmpeg makes no MP3, Transient for a result that is not as long as its parts.
    """
    if not ffmpeg.has_encoder(JOINED["c:a"]):
        raise Waiting("no_mp3")
    last = len(levels) - 1
    goal = common_lufs(levels)
    heard = [_levelled(level, goal, 0 if place == last else pause_ms) for place, level in enumerate(levels)]
    whole = ffmpeg.concatenated(heard).filter_multi_output("asplit")
    expected = sum(level.measured.duration_ms for level in levels) + last * pause_ms
    outputs = [
        ffmpeg.output([whole[0]], path, **{name: value for name, value in JOINED.items() if name != "mime"}),
        ffmpeg.output([whole[1].filter("ebur128", peak="true", framelog="verbose")], Path("-"), f="null"),
    ]
    limits = limits_for(expected, int(RAW_KILOBITS))
    encoding = ffmpeg.encode(outputs, folder=path.parent, limits=limits, watch=watch, log_level="info")
    with our_output(path.name):
        report = ffmpeg.probe(path, "mp3", folder=path.parent, watch=watch)
    require_clean(path.name, report, expected)
    return summary(encoding.log, round(float(report["format"]["duration"]) * 1000))


def common_lufs(levels: list[Level]) -> float:
    """The loudness of all cuts: the goal of our sound, or what the recording with the highest peaks can reach, but not below R128."""
    goal, peak = recipes.LOUDNESS["target_lufs"], recipes.LOUDNESS["true_peak_db"]
    heard = [level.measured for level in levels if not level.speech]
    reached = [each.lufs + peak - (each.true_peak_db or 0.0) for each in heard if each.lufs is not None]
    return max(recipes.QUIETEST_JOINED, min([goal, *reached]))


def _levelled(level: Level, goal: float, pause_ms: int) -> object:
    """The sound of a cut with its gain, and the silence after it."""
    target = recipes.LOUDNESS | {"target_lufs": goal, "shortest_ms": 0}
    measured = level.measured
    if level.speech:
        measured = Measurement(measured.duration_ms, measured.lufs, measured.loudness_range, None)
        target |= {"true_peak_db": 100.0}  # the limiter keeps the peaks
    sound = ffmpeg.source(level.path, "wav").audio.filter("volume", f"{gain_db(measured, target)}dB")
    if level.speech:
        peak = 10 ** (recipes.LOUDNESS["true_peak_db"] / 20)
        sound = sound.filter("alimiter", limit=round(peak, 4), level=0)
    return sound.filter("apad", pad_dur=pause_ms / 1000) if pause_ms else sound
