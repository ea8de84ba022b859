"""Films: every rung, sound alone and the plain sound from one process and one decode; later the lighter rungs in the same way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..derivative_names import AV1_MASTER, FILM_SOUND, FIRST_RUNGS, MASTER, playlist
from ..errors import Damaged, Transient, Waiting
from ..probe import MediaInfo
from ..processes import ffmpeg
from ..processes.sandbox import Limits
from ..recipes import Rung
from . import hls
from .audio import check_sound, require_clean, sound_output
from .loudness import Measurement, chosen_track, gain_db, header_lies, limits_for, measure
from .work import Output, Result, Work

H264 = "libx264"
USUAL_RATE = 25.0  # frames a second of a film that does not say
ROUNDING_MS = 500  # what ffmpeg's progress may be ahead of the last frame
NOTICEABLE = 1.1  # a rung at the source's own size is added when the source is so much larger than the rung below


@dataclass(frozen=True, slots=True)
class Size:
    """The picture of one rung, and its frames per second (0: as in the source)."""

    rung: Rung
    width: int
    height: int
    frames_per_second: float


def sizes(info: MediaInfo, rungs: Iterable[Rung]) -> list[Size]:
    """The rungs a film gets: never scaled up, sides even, at least one."""
    width, height = info.width or 0, info.height or 0
    short = min(width, height)
    by_size = sorted(rungs, key=lambda rung: rung.short_side)
    fitting = [rung for rung in by_size if rung.short_side <= short]
    larger = [rung for rung in by_size if rung.short_side > short]
    if larger and (not fitting or short > fitting[-1].short_side * NOTICEABLE):
        fitting.append(larger[0])
    return [_size(info, rung, min(1.0, rung.short_side / short)) for rung in fitting]


def _size(info: MediaInfo, rung: Rung, scale: float) -> Size:
    even = [max(2, round((side or 0) * scale / 2) * 2) for side in (info.width, info.height)]
    rate = info.frames_per_second
    while rate > rung.frames_per_second * 1.01:
        rate /= 2
    return Size(rung, even[0], even[1], 0.0 if rate == info.frames_per_second else rate)


def make_ladder(work: Work) -> Result:
    """All rungs with their playlists, sound alone, the waveform, and the facts of the measurement."""
    measured, peaks, track = _measure(work)
    warnings: list[str] = []
    outputs, decoded_ms = _encoded(work, H264, MASTER, track, measured, warnings)
    outputs += peaks
    if track is not None:
        sounds = work.recipe.parameters["sound_alone"]["sounds"]
        assert measured is not None
        outputs += [check_sound(work, name, options, measured.duration_ms) for name, options in sounds.items()]
    if header_lies(work.info.duration_header_ms, decoded_ms):
        warnings.append("header_lies")
    facts = (measured.facts() if measured else {}) | {"duration_ms": decoded_ms}
    return Result(outputs, facts, warnings, tools={"ffmpeg": ffmpeg.version()})


def make_lighter(work: Work) -> Result:
    """The rungs in AV1 with a master of their own. Waits for an ffmpeg that makes them and can read back what it made."""
    if not ffmpeg.can_av1():
        raise Waiting("no_av1")
    measured, _peaks, track = _measure(work)
    outputs, _decoded_ms = _encoded(work, ffmpeg.AV1, AV1_MASTER, track, measured, [])
    return Result(outputs, tools={"ffmpeg": ffmpeg.version()})


def _encoded(
    work: Work, encoder: str, master: str, track: int | None, measured: Measurement | None, warnings: list[str]
) -> tuple[list[Output], int]:
    """Everything from one process, read back, under one master; and the milliseconds that were really there."""
    ladder = sizes(work.info, (Rung(**rung) for rung in work.recipe.parameters["rungs"]))
    duration_ms = measured.duration_ms if measured else work.info.duration_header_ms
    kilobits = sum(size.rung.cap + size.rung.sound for size in ladder) + 100
    _finished, written_ms = ffmpeg.encode(
        _commands(work, encoder, ladder, track, measured, warnings),
        folder=work.folder,
        limits=limits_for(max(duration_ms or 0, work.info.duration_header_ms or 0) or None, kilobits),
        watch=work.watch,
        duration_ms=duration_ms,
        report=lambda part: work.report(0.05 + 0.9 * part),
    )
    outputs = _check_ladder(work, ladder, master, track is not None and FILM_SOUND in work.recipe.parameters["sound_alone"])
    decoded_ms = max(outputs[len(ladder) - 1].duration_ms or 0, measured.duration_ms if measured else 0)
    if decoded_ms < written_ms - max(ROUNDING_MS, 0.02 * written_ms):
        raise Transient("bad_output", f"{decoded_ms} ms kept of {written_ms} ms")
    return outputs, decoded_ms


def _measure(work: Work) -> tuple[Measurement | None, list[Output], int | None]:
    """Loudness and waveform of the chosen sound; a sound stream without a single sample is no sound."""
    track = chosen_track(work)
    if track is None:
        return None, [], None
    measured, peaks = measure(work, track)
    return (measured, peaks, track) if measured.duration_ms else (None, [], None)


def _commands(
    work: Work, encoder: str, ladder: list[Size], track: int | None, measured: Measurement | None, warnings: list[str]
) -> list[Any]:
    source = ffmpeg.source(work.source, work.opens_with)
    pictures = _scaled(_prepared(source[str(work.info.video_index)], work.info, warnings), ladder)
    sound_alone = work.recipe.parameters["sound_alone"]
    sounds: Any = None
    if track is not None and measured is not None:
        gain = gain_db(measured, work.recipe.parameters["loudness"])
        copies = len(ladder) + (FILM_SOUND in sound_alone) + len(sound_alone["sounds"])
        sounds = source[str(track)].filter("volume", f"{gain}dB").filter_multi_output("asplit", copies)
    commands = [_rung(work, encoder, size, pictures[place], sounds and sounds[place]) for place, size in enumerate(ladder)]
    if sounds and FILM_SOUND in sound_alone:
        place = len(ladder)
        commands.append(_hls(work, FILM_SOUND, [sounds[place]], **_aac(sound_alone[FILM_SOUND], 2)))
        for offset, (name, options) in enumerate(sound_alone["sounds"].items(), start=1):
            commands.append(sound_output(sounds[place + offset], work.folder / name, options))
    return commands


def _prepared(stream: Any, info: MediaInfo, warnings: list[str]) -> Any:
    """Progressive, in the colours that every screen shows; ffmpeg turns the picture upright by itself."""
    if info.interlaced:
        stream = stream.filter("bwdif")
    if info.hdr and ffmpeg.has_filter("zscale"):
        stream = stream.filter("zscale", t="linear", npl=100).filter("format", "gbrpf32le").filter("zscale", p="bt709")
        stream = stream.filter("tonemap", "hable", desat=0).filter("zscale", t="bt709", m="bt709", r="tv")
    elif info.hdr:
        warnings.append("hdr_plain")
    return stream


def _scaled(stream: Any, ladder: list[Size]) -> list[Any]:
    """The picture of every rung, each scaled from the next larger: as good as from the source, with two thirds of the work."""
    pictures: list[Any] = []
    for size in reversed(ladder):
        stream = stream.filter("scale", size.width, size.height, flags="lanczos").filter("format", "yuv420p")
        if size is not ladder[0]:
            halves = stream.filter_multi_output("split", 2)
            pictures.insert(0, halves[0])
            stream = halves[1]
    return [stream, *pictures]


def _rung(work: Work, encoder: str, size: Size, picture: Any, sound: Any) -> Any:
    rate = size.frames_per_second
    if encoder == ffmpeg.AV1:
        rate = rate or work.info.frames_per_second or USUAL_RATE
    if rate:
        picture = picture.filter("fps", rate)
    picture = picture.filter("setsar", 1)
    options = _av1(work, rate) if encoder == ffmpeg.AV1 else _h264(work, size.rung.cap)
    streams = [picture]
    if sound:
        streams.append(sound)
        options |= _aac(size.rung.sound, size.rung.channels)
    return _hls(work, size.rung.name, streams, **options)


def _h264(work: Work, cap: int) -> dict[str, Any]:
    parameters = work.recipe.parameters
    return {
        "c:v": H264,
        "preset": parameters["preset"],
        "crf": parameters["crf"],
        "maxrate": f"{cap}k",
        "bufsize": f"{2 * cap}k",
        "force_key_frames": f"expr:gte(t,n_forced*{parameters['segment_seconds']})",
        "sc_threshold": 0,
        "fps_mode": "vfr",
    }


def _av1(work: Work, rate: float) -> dict[str, Any]:
    """This encoder cuts after a number of frames, not at a time, so every second has the same number of frames."""
    parameters = work.recipe.parameters
    return {
        "c:v": ffmpeg.AV1,
        "preset": parameters["preset"],
        "crf": parameters["crf"],
        "g": round(rate * parameters["segment_seconds"]),
        "svtav1-params": "lp=1",
        "fps_mode": "cfr",
    }


def _aac(kilobits: int, channels: int) -> dict[str, Any]:
    return {"c:a": "aac", "b:a": f"{kilobits}k", "ac": channels}


def _hls(work: Work, name: str, streams: list[Any], **options: Any) -> Any:
    """One single-file output; its playlist is only read for the byte ranges."""
    packaging = {
        "f": "hls",
        "hls_segment_type": "fmp4",
        "hls_flags": "single_file+independent_segments",
        "hls_time": work.recipe.parameters["segment_seconds"],
        "hls_playlist_type": "vod",
        "sn": None,
        "dn": None,
    }
    return ffmpeg.output(streams, work.folder / f"{name}.m3u8", **packaging, **options)


def _check_ladder(work: Work, ladder: list[Size], master: str, with_sound: bool) -> list[Output]:
    """Every rung read back; rungs must cut at the same moments; playlists written from what was measured."""
    if not any((work.folder / f"{size.rung.name}.m4s").exists() for size in ladder):
        raise Damaged("nothing_decoded")
    outputs, layouts = [], {}
    for name, size in [(each.rung.name, each) for each in ladder] + ([(FILM_SOUND, None)] if with_sound else []):
        output, layouts[name] = _check_rung(work, name, size)
        outputs.append(output)
    _require_aligned({size.rung.name: layouts[size.rung.name] for size in ladder}, work.info.frames_per_second)
    return outputs + _playlists(work, outputs, layouts, ladder, master)


def _check_rung(work: Work, name: str, size: Size | None) -> tuple[Output, hls.Layout]:
    path = work.folder / f"{name}.m4s"
    playlist = work.folder / f"{name}.m3u8"
    layout = hls.read_layout(playlist.read_text("utf-8")) if playlist.exists() else None
    if layout is None or layout.end != path.stat().st_size:
        raise Transient("bad_output", f"{name}: playlist and file do not agree")
    report = ffmpeg.probe(path, "mov", folder=work.folder, watch=work.watch)
    report["format"]["duration"] = layout.seconds
    require_clean(name, report, round(layout.seconds * 1000))
    picture = next((each for each in report["streams"] if each["codec_type"] == "video"), None)
    if size and (not picture or (picture["width"], picture["height"], picture["pix_fmt"]) != (size.width, size.height, "yuv420p")):
        raise Transient("bad_output", f"{name}: wrong picture")
    _decode_last(work, path, layout)
    output = Output(
        name,
        "film" if size else "sound",
        path,
        "video/mp4" if size else "audio/mp4",
        hls.codecs_of(path, layout.init_size),
        duration_ms=round(layout.seconds * 1000),
        average_bitrate=layout.average_bitrate,
        peak_bitrate=layout.peak_bitrate,
    )
    return (replace(output, width=size.width, height=size.height) if size else output), layout


def _decode_last(work: Work, path: Path, layout: hls.Layout) -> None:
    """A broken write shows at the end of a file: init and last segment together must decode."""
    tail = work.folder / "last.mp4"
    with path.open("rb") as whole, tail.open("wb") as part:
        part.write(whole.read(layout.init_size))
        whole.seek(layout.segments[-1].start)
        part.write(whole.read())
    stream = ffmpeg.source(tail, "mov", xerror=None)
    ffmpeg.encode([ffmpeg.output([stream], Path("-"), f="null")], folder=work.folder, limits=Limits(), watch=work.watch)
    tail.unlink()


def _require_aligned(layouts: dict[str, hls.Layout], frames_per_second: float) -> None:
    """Players change rungs at segment starts: these and the ends must be equal within one frame of the slowest rung."""
    frame = 1.5 / max(1.0, min(15.0, frames_per_second or 15.0))
    first = [*next(iter(layouts.values())).starts, next(iter(layouts.values())).seconds]
    for name, layout in layouts.items():
        starts = [*layout.starts, layout.seconds]
        if len(starts) != len(first) or any(abs(a - b) > frame for a, b in zip(starts, first, strict=True)):
            raise Transient("bad_output", f"{name}: segments are not aligned")


def _playlists(work: Work, outputs: list[Output], layouts: dict[str, hls.Layout], ladder: list[Size], master: str) -> list[Output]:
    """One playlist for each rung and the master, in which players start with 240 lines and sound alone comes last."""
    rates = {size.rung.name: size.frames_per_second or work.info.frames_per_second for size in ladder}
    extension = {"video/mp4": "mp4", "audio/mp4": "m4a"}
    playlists = []
    for output in outputs:
        text = hls.media_playlist(f"{output.name}.{extension[output.mime]}", layouts[output.name])
        playlists.append(_playlist(work, playlist(output.name), text, output.duration_ms))
    first = [each for each in outputs if each.name in FIRST_RUNGS]
    ordered = first + [each for each in outputs if each.name not in {*FIRST_RUNGS, FILM_SOUND}]
    ordered += [each for each in outputs if each.name == FILM_SOUND]
    variants = [
        hls.Variant(
            f"{playlist(each.name)}.m3u8",
            each.codecs,
            each.average_bitrate or 0,
            max(each.peak_bitrate or 0, each.average_bitrate or 0),
            each.width,
            each.height,
            rates.get(each.name),
        )
        for each in ordered
    ]
    return [*playlists, _playlist(work, master, hls.master_playlist(variants), outputs[0].duration_ms)]


def _playlist(work: Work, name: str, text: str, duration_ms: int | None) -> Output:
    path = work.folder / f"{name}.txt"
    path.write_text(text, "ascii")
    return Output(name, "playlist", path, "application/vnd.apple.mpegurl", duration_ms=duration_ms)
