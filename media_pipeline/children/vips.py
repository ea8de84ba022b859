"""Pictures through libvips: large TIFFs, which it reads faster, and what would not fit into memory otherwise.

It only decodes and makes the first step down; the ladder below it, what is saved and what is checked are Pillow's, as for all.
"""

from typing import Any

import pyvips
from PIL import Image

from .faults import ChildFault
from .opening import MAX_PIXELS

LOADERS = {"TIFF": "tiffload", "JPEG": "jpegload", "PNG": "pngload", "WEBP": "webpload"}
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}  # bands → Pillow's mode
SAMPLES = {"uchar", "ushort"}


def reads(path: str, opens_with: str) -> bool:
    """Whether libvips has a loader of its own for the format, and the samples are whole numbers of 8 or 16 bits."""
    if opens_with not in LOADERS:
        return False
    try:
        return _header(path, opens_with).format in SAMPLES
    except pyvips.Error:
        return False


def reduced(path: str, opens_with: str, widest: int) -> Image.Image:
    """The picture upright, in sRGB, 8 bits a channel, no wider than asked. Faults: refused, damaged."""
    try:
        source = _header(path, opens_with)
        if source.width * source.height > MAX_PIXELS:
            raise ChildFault("refused", "too_many_pixels", f"{source.width}x{source.height}")
        made = source.thumbnail_image(widest, height=10_000_000, size="down", export_profile="srgb", fail_on="error")
        made = made.colourspace("srgb").cast("uchar")
        mode = MODES[made.bands]
        return Image.frombuffer(mode, (made.width, made.height), made.write_to_memory(), "raw", mode, 0, 1)
    except pyvips.Error as error:
        raise ChildFault("damaged", "damaged", str(error)[:300]) from error


def _header(path: str, opens_with: str) -> Any:
    return getattr(pyvips.Image, LOADERS[opens_with])(path, access="sequential", fail_on="error")
