"""Stills of a film, taken from its finished rungs: the poster and the sheet of small previews."""

import math
from pathlib import Path
from typing import Any

from .. import derivative_names as names
from ..errors import Transient
from ..processes import ffmpeg
from ..processes.sandbox import ProcessLimits, run_python
from .image import tools as picture_tools
from .work import Output, Result, Work, from_child, our_output


def make_poster(work: Work) -> Result:
    """The picture ladder of one frame: at the second that staff chose, else the most typical of the first fifty frames."""
    rung = _largest_rung(work)
    frame = work.folder / "frame.bmp"
    time_ms = work.staff_options.get("poster_time_ms")
    if time_ms is None:
        stream = ffmpeg.source(rung, "mov").video.filter("thumbnail", 50)
    else:
        stream = ffmpeg.source(rung, "mov", ss=f"{time_ms / 1000:.3f}").video
    _one_picture(work, stream, frame)
    request = {"path": str(frame), "opens_with": "BMP", "folder": str(work.folder), "stem": names.POSTER}
    with our_output(frame.name):
        answer = run_python("picture", request | work.recipe.parameters, folder=work.folder, limits=ProcessLimits(), watch=work.watch)
    return Result(from_child(answer, "picture"), {"dominant_colour": answer["colour"]}, tools=_tools())


def _largest_rung(work: Work) -> Path:
    for name in reversed(names.FILMS):
        if path := work.fetch_derivative(name):
            return path
    raise Transient("storage_error", "no rung to take a still from")


def _one_picture(work: Work, stream: Any, path: Path) -> None:
    """Write one frame as BMP: without loss, and made by an ffmpeg without zlib too, which has no PNG."""
    command = ffmpeg.output([stream], path, f="image2", **{"c:v": "bmp", "pix_fmt": "bgr24", "frames:v": 1, "update": 1})
    with our_output(path.name):
        ffmpeg.encode([command], folder=work.folder, limits=ProcessLimits(), watch=work.watch)
    if not path.exists():
        raise Transient("bad_output", "no frame at that time")


def make_sprite(work: Work) -> Result:
    """One sheet of small pictures as JPEG and WebP, and a WebVTT file that says which part belongs to which second."""
    parameters = work.recipe.parameters
    rung = work.fetch_derivative(parameters["from"]) or _largest_rung(work)
    every_ms, tiles = _tiles(work.duration_ms or 0, parameters)
    columns = min(parameters["columns"], tiles)
    height = max(2, round(parameters["width"] * (work.info.height or 9) / (work.info.width or 16)))
    sheet = work.folder / "sheet.bmp"
    condition = f"isnan(prev_selected_t)+gte(t-prev_selected_t,{every_ms / 1000})"
    stream = ffmpeg.source(rung, "mov").video.filter("select", condition)
    stream = stream.filter("scale", parameters["width"], height).filter("tile", f"{columns}x{math.ceil(tiles / columns)}")
    _one_picture(work, stream, sheet)
    request = {"path": str(sheet), "folder": str(work.folder), "qualities": parameters["qualities"]}
    with our_output(sheet.name):
        answer = run_python("sheet", request, folder=work.folder, limits=ProcessLimits(), watch=work.watch)
    vtt = work.folder / names.SPRITE_CUES
    vtt.write_text(sprite_vtt(f"{names.SPRITE_SHEETS['jpg']}.jpg", tiles, every_ms, (parameters["width"], height), columns), "ascii")
    return Result([*from_child(answer, "sprite"), Output(names.SPRITE_CUES, "sprite", vtt, "text/vtt")], tools=_tools())


def _tiles(duration_ms: int, parameters: dict[str, Any]) -> tuple[int, int]:
    """Milliseconds between two previews, and how many there are."""
    every_ms = max(parameters["every_ms"], math.ceil(duration_ms * parameters["share"]))
    return every_ms, max(1, math.ceil(duration_ms / every_ms))


def sprite_vtt(sheet: str, tiles: int, every_ms: int, size: tuple[int, int], columns: int) -> str:
    """WebVTT whose cues name parts of the sheet (Media Fragments ``#xywh``)."""
    width, height = size
    cues = [
        f"{_clock(place * every_ms)} --> {_clock((place + 1) * every_ms)}\n"
        f"{sheet}#xywh={place % columns * width},{place // columns * height},{width},{height}\n"
        for place in range(tiles)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def _tools() -> dict[str, str]:
    return picture_tools() | {"ffmpeg": ffmpeg.version()}
