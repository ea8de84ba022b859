"""Opens a picture with the one Pillow plugin of its format, and never decodes what is too large."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageFile, UnidentifiedImageError

from ...formats import IMAGE
from ...limits import LIMITS
from .errors import ChildError

MAX_PIXELS = LIMITS[IMAGE].pixels
ORIENTATION, NEW_SUBFILE_TYPE, SUBFILE_TYPE = 0x0112, 254, 255
MOST_FRAMES = 4000  # of a TIFF: more than a document may have pages
TURNED = {5, 6, 7, 8}  # EXIF orientations that exchange width and height
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow raises at twice its own limit
ImageFile.LOAD_TRUNCATED_IMAGES = False

#: What Pillow and its codecs raise on files that are broken; anything else is a bug of ours.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, ZeroDivisionError, RuntimeError)


#: Pillow's name → the plugins to load and the names to allow. Loading all of Pillow's plugins would cost more than a thumbnail.
PLUGINS: dict[str, tuple[list[str], list[str]]] = {
    "JPEG": (["JpegImagePlugin", "MpoImagePlugin"], ["JPEG", "MPO"]),
    "PNG": (["PngImagePlugin"], ["PNG"]),
    "BMP": (["BmpImagePlugin"], ["BMP"]),
    "GIF": (["GifImagePlugin"], ["GIF"]),
    "PSD": (["PsdImagePlugin"], ["PSD"]),
    "TIFF": (["TiffImagePlugin"], ["TIFF"]),
    "WEBP": (["WebPImagePlugin"], ["WEBP"]),
    "AVIF": (["AvifImagePlugin"], ["AVIF"]),
    "JPEG2000": (["Jpeg2KImagePlugin"], ["JPEG2000"]),
    "HEIF": ([], ["HEIF"]),
}


def load(kind: str) -> list[str]:
    """Load what reads and writes a format; returns the names to allow. HEIC arrives as a plugin of its own."""
    modules, names = PLUGINS[kind]
    for module in modules:
        importlib.import_module(f"PIL.{module}")
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    return names


@contextmanager
def opened(path: str, opens_with: str) -> Iterator[Any]:
    """The picture, header read and size checked. Raises ChildError: refused (too many pixels), damaged."""
    try:
        with decoder_errors():
            image = Image.open(path, formats=load(opens_with))
    except ChildError as error:
        if opens_with == "PSD" and error.kind == "damaged":
            raise ChildError("damaged", "psd_without_picture", error.detail) from error
        raise
    with image:
        if image.width * image.height > MAX_PIXELS:
            raise ChildError("refused", "too_many_pixels", f"{image.width}x{image.height}")
        yield image


def page_frames(image: Any, most: int) -> list[int]:
    """The frames of a TIFF that are pages: copies in a smaller size and masks are none. More than ``most`` frames are not looked at."""
    pages = [0] if _is_page(image) else []
    for frame in range(1, most):
        try:
            image.seek(frame)
        except EOFError:
            break
        if _is_page(image):
            pages.append(frame)
    return pages or [0]


def to_first_page(image: Any) -> int:
    """Leave a TIFF that begins with a small copy at its first page; returns the number of the frame."""
    if image.format != "TIFF" or _is_page(image):
        return 0
    first = page_frames(image, MOST_FRAMES)[0]
    image.seek(first)
    return first


def _is_page(image: Any) -> bool:
    """TIFF 6.0: NewSubfileType has bit 0 for a reduced copy and bit 2 for a mask; the older SubfileType is 2 for a copy."""
    new, old = image.tag_v2.get(NEW_SUBFILE_TYPE, 0), image.tag_v2.get(SUBFILE_TYPE, 1)
    return not (isinstance(new, int) and new & 0b101) and old != 2


@contextmanager
def decoder_errors() -> Iterator[None]:
    """Turn what decoders raise on bad files into errors with a code."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise ChildError("refused", "too_many_pixels", str(error)) from error
    except UnidentifiedImageError as error:
        raise ChildError("damaged", "damaged", "not readable as its own format") from error
    except MemoryError as error:
        raise ChildError("limit", "too_large_preview", "out of memory") from error
    except BROKEN as error:
        code = "cut_short" if "truncated" in str(error).lower() else "damaged"
        raise ChildError("damaged", code, f"{type(error).__name__}: {error}"[:300]) from error
