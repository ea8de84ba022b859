"""Deep-zoom tiles: IIIF Image 3, level 0, canonical paths, in one stored (not compressed) ZIP that is read by byte ranges.

Each scale is made from the one before it; the picture is decoded once.
"""

import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from ...derivative_names import TILES
from .errors import ChildError
from .opening import MAX_PIXELS, decoder_errors, load, opened, to_first_page
from .picture import decoded, fresh, turned
from .scales import scale_factors


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path opens_with folder side quality [turn]`` → one output: a ZIP whose entries are named region/size/0/default.jpg."""
    path = Path(request["folder"]) / TILES
    with opened(request["path"], request["opens_with"]) as source:
        with decoder_errors():
            to_first_page(source)
        image, warnings = decoded(source, MAX_PIXELS)
    image = turned(image, request)
    load("JPEG")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as pack:
        for name, tile in tiles(image, request["side"]):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # the same bytes for the same picture
            pack.writestr(entry, _jpeg(tile, request["quality"]))
    _verify(path)
    output = {"name": TILES, "path": str(path), "mime": "application/zip", "width": image.width, "height": image.height}
    return {"outputs": [output], "warnings": warnings}


def tiles(image: Image.Image, side: int) -> Iterator[tuple[str, Image.Image]]:
    """Every tile of every scale; the smallest is the whole picture in one tile. Each scale is the one before it with every four points
    made one: what a pyramid needs, and a tenth of the work of a filter that looks further."""
    width, height = image.size
    for scale in scale_factors(width, height, side):
        across, down = math.ceil(width / scale), math.ceil(height / scale)
        if image.size != (across, down):
            image = image.reduce(2)
        for top in range(0, down, side):
            for left in range(0, across, side):
                tile = image.crop((left, top, min(left + side, across), min(top + side, down)))
                yield f"{_region(left, top, tile.size, scale, (width, height))}/{tile.width},{tile.height}/0/default.jpg", tile


def _region(left: int, top: int, size: tuple[int, int], scale: int, whole: tuple[int, int]) -> str:
    """The part of the full picture that a tile shows; "full" where it shows all of it."""
    x, y = left * scale, top * scale
    width, height = min(size[0] * scale, whole[0] - x), min(size[1] * scale, whole[1] - y)
    return "full" if (x, y, width, height) == (0, 0, *whole) else f"{x},{y},{width},{height}"


def _jpeg(tile: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    fresh(tile, keep_transparency=False).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _verify(path: Path) -> None:
    """Every entry is whole, and the last written decodes."""
    with zipfile.ZipFile(path) as pack:
        if pack.testzip() is not None:
            raise ChildError("transient", "bad_output", "a tile is not whole")
        with Image.open(io.BytesIO(pack.read(pack.namelist()[-1])), formats=["JPEG"]) as last:
            last.load()
