"""Pictures through libvips: faster than Pillow where it has the format's own loader, and with no more memory than a few lines.

It decodes and makes the steps down; what is saved and what is checked are Pillow's, as for all.
"""

from typing import Any

import pyvips
from PIL import Image

from .errors import ChildError
from .opening import MAX_PIXELS, TURNED

LOADERS = {"TIFF": "tiffload", "JPEG": "jpegload", "PNG": "pngload", "WEBP": "webpload"}
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}  # bands → Pillow's mode
SAMPLES = {"uchar", "ushort"}  # 8 and 16 bits
PLAIN = {"srgb", "rgb", "b-w"}
FASTER = {"TIFF", "JPEG"}
SHRINKS = (8, 4, 2)  # what a JPEG decoder does for nothing
PROFILE = "icc-profile-data"
ENDLESS = 10_000_000


def reduced(path: str, opens_with: str, widest: int, *, only_plain: bool, page: int = 0) -> Image.Image | None:
    """The picture upright, in sRGB, 8 bits a channel, no wider than asked; None where Pillow should read it.

    ``only_plain``: pictures of more bits, with a colour profile or in other colours are left to Pillow, which is as fast at those, and so
    is what cannot be read, for Pillow to say what is wrong. Raises ChildError: refused, damaged.
    """
    try:
        return _reduced(path, opens_with, widest, only_plain, page)
    except pyvips.Error as error:
        if only_plain:
            return None
        raise ChildError("damaged", "damaged", str(error)[:300]) from error


def _reduced(path: str, opens_with: str, widest: int, only_plain: bool, page: int) -> Image.Image | None:
    if opens_with not in LOADERS:
        return None
    source = _loaded(path, opens_with, **({"page": page} if page else {}))
    if source.width * source.height > MAX_PIXELS:
        raise ChildError("refused", "too_many_pixels", f"{source.width}x{source.height}")
    profiled = source.get_typeof(PROFILE) != 0
    plain = opens_with in FASTER and source.format == "uchar" and source.interpretation in PLAIN and not profiled
    if source.format not in SAMPLES or (only_plain and not plain):
        return None
    if opens_with == "JPEG" and (shrink := _shrink(source, widest)) > 1:
        source = _loaded(path, opens_with, shrink=shrink)
    colours = {"export_profile": "srgb"} if profiled or source.interpretation not in PLAIN else {}
    return _as_pillow(source.thumbnail_image(widest, height=ENDLESS, size="down", **colours).colourspace("srgb").cast("uchar"))


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """An opaque picture at another size: by Lanczos as Pillow would, at a quarter of its cost."""
    source = pyvips.Image.new_from_memory(image.tobytes(), image.width, image.height, len(image.getbands()), "uchar")
    return _as_pillow(source.resize(size[0] / image.width, vscale=size[1] / image.height, kernel="lanczos3"))


def _as_pillow(image: Any) -> Image.Image:
    mode = MODES[image.bands]
    return Image.frombuffer(mode, (image.width, image.height), image.write_to_memory(), "raw", mode, 0, 1)


def _loaded(path: str, opens_with: str, **options: int) -> Any:
    return getattr(pyvips.Image, LOADERS[opens_with])(path, access="sequential", fail_on="error", **options)


def _shrink(source: Any, widest: int) -> int:
    """A half, a quarter or an eighth, but never below the widest rung."""
    turned = source.get_typeof("orientation") and source.get("orientation") in TURNED
    across = source.height if turned else source.width
    return next((shrink for shrink in SHRINKS if across // shrink >= widest), 1)
