"""Sound: decoded twice, once to measure, once to encode every quality in one process."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from .. import derivative_names as names
from ..errors import Damaged, Transient
from ..probe import SoundTrack
from ..processes import ffmpeg
from .length import require_length
from .loudness import Measurement, chosen_track, gain_db, header_lies, limits_for, measure
from .work import Output, Result, Work, our_output

#: Demuxers that read our own outputs back, by media type.
OWN_DEMUXERS = {"audio/ogg": "ogg", "audio/mp4": "mov", "video/mp4": "mov"}


def make_sounds(work: Work) -> Result:
    """Every sound quality, the waveform, and the facts of the measurement."""
    track = chosen_track(work)
    if track is None:
        raise Damaged("nothing_decoded")
    require_length(work)
    measured, peaks = measure(work, track)
    if measured.duration_ms == 0:
        raise Damaged("nothing_decoded")
    work.report(0.1)
    sounds = _encoded(work, track, measured, work.recipe.parameters["sounds"], lambda part: work.report(0.1 + 0.9 * part))
    warnings = ["header_lies"] if header_lies(work.info.duration_header_ms, measured.duration_ms) else []
    if work.info.uncounted:
        warnings.append("sound_uncounted" if work.info.read_options else "bytes_uncounted")
    return Result(sounds + peaks, measured.facts(), warnings, tools={"ffmpeg": ffmpeg.version()})


def make_other_sounds(work: Work) -> Result:
    """The tracks that were not chosen, each in the qualities of the recipe under its language's name: ``a24-tay``."""
    chosen_index = chosen_track(work)
    others = [track for track in work.info.sound if track.index != chosen_index]
    result = Result(tools={"ffmpeg": ffmpeg.version()})
    for place, track in enumerate(others):
        measured, _peaks = measure(work, track.index)
        if measured.duration_ms:
            named = {names.other_sound(name, _suffix(track, others)): options for name, options in work.recipe.parameters["sounds"].items()}
            report = partial(_report_part, work, place, len(others))
            result.outputs.extend(_encoded(work, track.index, measured, named, report))
    return result


def _report_part(work: Work, place: int, count: int, part: float) -> None:
    work.report((place + part) / count)


def _suffix(track: SoundTrack, others: list[SoundTrack]) -> str:
    """The language as the file says it; with the track's number where that is not one of its own."""
    language = "".join(char for char in track.language.lower() if char.isascii() and char.isalpha())
    alone = [each.language for each in others].count(track.language) == 1
    return language if language and alone else f"{language or 'track'}{track.index}"


def _encoded(
    work: Work, track: int, measured: Measurement, sounds: dict[str, dict[str, Any]], report: ffmpeg.ProgressReport
) -> list[Output]:
    """One track in several qualities from one process, read back."""
    gain = gain_db(measured, work.recipe.parameters["loudness"])
    source = ffmpeg.source(work.source, work.opens_with, **work.info.read_options)[str(track)].filter("volume", f"{gain}dB")
    split = source.filter_multi_output("asplit", len(sounds))
    outputs = [sound_output(split[place], work.folder / name, options) for place, (name, options) in enumerate(sounds.items())]
    ffmpeg.encode(
        outputs,
        folder=work.folder,
        limits=limits_for(measured.duration_ms, 400),
        watch=work.watch,
        duration_ms=measured.duration_ms,
        report=report,
    )
    return [check_sound(work, name, options, measured.duration_ms) for name, options in sounds.items()]


def sound_output(stream: Any, path: Path, options: dict[str, Any]) -> Any:
    """One encoded sound; more than two channels are mixed down by ``ac``."""
    encoder = {name: value for name, value in options.items() if name not in {"mime", "codecs"}}
    return ffmpeg.output([stream], path, **encoder)


def check_sound(work: Work, name: str, options: dict[str, Any], duration_ms: int) -> Output:
    """Read a finished sound back: the codec, the channels, the length of the decoded original, no tag of it."""
    path, mime = work.folder / name, options["mime"]
    with our_output(name):
        report = ffmpeg.probe(path, OWN_DEMUXERS[mime], folder=work.folder, watch=work.watch)
    require_clean(name, report, duration_ms)
    seconds = float(report["format"]["duration"])
    output = Output(name, "sound", path, mime, options["codecs"], duration_ms=round(seconds * 1000))
    return replace(output, average_bitrate=round(path.stat().st_size * 8 / max(seconds, 0.001)))


ALLOWED_TAGS = {"encoder", "major_brand", "minor_version", "compatible_brands", "language", "handler_name", "vendor_id"}


def require_clean(name: str, report: dict[str, Any], duration_ms: int) -> None:
    """Raise Transient for an output of the wrong length or with a tag beyond the container's own."""
    length = round(float(report["format"].get("duration", 0)) * 1000)
    if abs(length - duration_ms) > max(100, 0.02 * duration_ms):
        raise Transient("bad_output", f"{name}: {length} ms instead of {duration_ms} ms")
    for part in [report["format"], *report["streams"]]:
        if foreign := set(map(str.lower, part.get("tags") or {})) - ALLOWED_TAGS:
            raise Transient("bad_output", f"{name}: carries {sorted(foreign)}")
