"""Pictures: the ladder of widths and formats."""

import math
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from .. import derivative_names as names
from ..errors import OverLimit
from ..processes.sandbox import ProcessLimits, run_python
from .work import Result, Work, from_child

BYTES_A_PIXEL = 9  # measured: 627 MB for 80 million pixels
MEMORY = ProcessLimits().memory
BASE_MEMORY = 250_000_000  # interpreter, libraries, encoders


def make_pictures(work: Work) -> Result:
    """The ladder and the dominant colour."""
    by_vips = ""
    if has_vips():
        by_vips = "plain" if fits((work.info.width or 0) * (work.info.height or 0)) else "all"
    else:
        require_memory(work.info.width, work.info.height)
    request = _request(work) | {"stem": names.IMAGE, "by_vips": by_vips, "widest": _widest(work)}
    answer = run_python("picture", request | work.recipe.parameters, folder=work.folder, limits=ProcessLimits(), watch=work.watch)
    work.report(1.0)
    facts = {"dominant_colour": answer["colour"], "look": answer["look"]}
    return Result(from_child(answer, "picture"), facts, answer["warnings"], tools=tools())


def make_tiles(work: Work) -> Result:
    """Tiles for deep zoom, as one pack."""
    require_memory(work.info.width, work.info.height)
    request = _request(work)
    answer = run_python("tiles", request | work.recipe.parameters, folder=work.folder, limits=ProcessLimits(), watch=work.watch)
    return Result(from_child(answer, "tiles"), tools=tools())


def _request(work: Work) -> dict[str, Any]:
    turn = work.staff_options.get("turn", 0)
    return {"path": str(work.source), "opens_with": work.opens_with, "folder": str(work.folder), "turn": turn}


def _widest(work: Work) -> int:
    """How wide the picture must be decoded: as wide as the widest rung, after the turn."""
    widest: int = max(work.recipe.parameters["widths"])
    if work.staff_options.get("turn", 0) % 180:
        return math.ceil(widest * (work.info.width or 1) / (work.info.height or 1))
    return widest


def require_memory(width: int | None, height: int | None) -> None:
    """Raise OverLimit for a picture whose decoding would not fit into a child's memory."""
    if not fits((width or 0) * (height or 0)):
        raise OverLimit("too_large_preview", f"{width}x{height}")


def fits(pixels: int) -> bool:
    """Whether Pillow can decode so many within a child's memory."""
    return pixels * BYTES_A_PIXEL + BASE_MEMORY <= MEMORY


@cache
def has_vips() -> bool:
    """Whether pyvips is installed here."""
    return find_spec("pyvips") is not None


@cache
def tools() -> dict[str, str]:
    """Versions that are recorded with each picture."""
    return {"pillow": version("pillow")} | ({"pyvips": version("pyvips")} if has_vips() else {})
