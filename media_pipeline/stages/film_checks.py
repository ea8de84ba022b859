"""Checks of a finished film: every rung is read back, all rungs cut at the same times; then the playlists are written."""

from dataclasses import replace
from pathlib import Path

from ..derivative_names import FILM_SOUND, FIRST_RUNGS, playlist
from ..errors import Damaged, Transient
from ..processes import ffmpeg
from ..processes.sandbox import ProcessLimits
from . import hls
from .audio import require_clean
from .film_ladder import Size
from .work import Output, Work, our_output

LAST_FRAME = 1 / 15  # seconds: how long the last frame of a film with a variable rate is shown


def check_ladder(work: Work, ladder: list[Size], master: str, with_sound: bool) -> list[Output]:
    """Every rung read back; rungs must cut at the same times; playlists written from what was measured."""
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
    playlist_path = work.folder / f"{name}.m3u8"
    layout = hls.read_layout(playlist_path.read_text("utf-8")) if playlist_path.exists() else None
    if layout is None or layout.end != path.stat().st_size:
        raise Transient("bad_output", f"{name}: playlist and file do not agree")
    with our_output(name):
        report = ffmpeg.probe(path, "mov", folder=work.folder, watch=work.watch)
    report["format"]["duration"] = layout.seconds
    require_clean(name, report, round(layout.seconds * 1000))
    picture = next((each for each in report["streams"] if each["codec_type"] == "video"), None)
    if size and (not picture or (picture["width"], picture["height"], picture["pix_fmt"]) != (size.width, size.height, "yuv420p")):
        raise Transient("bad_output", f"{name}: wrong picture")
    end = _decode_last(work, path, layout)
    if end is not None:
        layout = layout.ending_at(end - float(report["format"].get("start_time", 0)) + LAST_FRAME)
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


def _decode_last(work: Work, path: Path, layout: hls.Layout) -> float | None:
    """A broken write shows at the end of a file: init and last segment together must decode.

    Returns when its last frame is shown if the rate is variable: ffmpeg counts that segment as if its frames were evenly apart.
    """
    tail = work.folder / "last.mp4"
    with path.open("rb") as whole, tail.open("wb") as part:
        part.write(whole.read(layout.init_size))
        whole.seek(layout.segments[-1].start)
        part.write(whole.read())
    stream = ffmpeg.source(tail, "mov", xerror=None)
    with our_output(path.name):
        ffmpeg.encode([ffmpeg.output([stream], Path("-"), f="null")], folder=work.folder, limits=ProcessLimits(), watch=work.watch)
        times = ffmpeg.packet_times(tail, "mov", folder=work.folder, watch=work.watch, stream="v") if work.info.variable_rate else []
    tail.unlink()
    return max(times, default=None)


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
