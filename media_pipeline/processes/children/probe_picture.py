"""Facts about a picture from its header, and the private ones (place, owner, serial) apart from the rest."""

import mmap
import re
import struct
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, TAGS

from ...formats import IMAGE
from ...limits import LIMITS
from .errors import ChildError
from .opening import BROKEN, MAX_PIXELS, MOST_FRAMES, ORIENTATION, TURNED, decoder_errors, opened, page_frames

BROKEN_TAGS = (*BROKEN, struct.error)
ONE_FRAME = {"JPEG", "MPO", "PSD"}  # an MPO's other frames are previews of the same picture, a PSD's are layers
#: JPEG, ITU-T T.81, annex B: a marker is FF and a code; within the data of a scan FF is followed by 00 or by a restart (D0 to D7).
MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
START_OF_SCAN, END_OF_IMAGE, WITHOUT_LENGTH = 0xDA, 0xD9, {0x01, 0xD8}


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path``, ``opens_with`` → width and height as they will be seen, frames, bit depth, private facts."""
    with opened(request["path"], request["opens_with"]) as image, decoder_errors():
        if image.format in {"JPEG", "MPO"}:
            _require_few_scans(request["path"])
        frames = _frames(image)
        exif = _exif(image)
        width, height = image.size
        if image.format != "TIFF" and exif.get(ORIENTATION) in TURNED:  # Pillow gives a TIFF's size upright
            width, height = height, width
        return {
            "width": width,
            "height": height,
            "frames": frames,
            "bit_depth": 16 if image.mode.startswith(("I", "F")) else 8,
            "private": _private(exif),
        }


def _frames(image: Image.Image) -> int:
    """How many frames or pages, and the first one at hand; counted only up to where the limit of all pixels together is passed."""
    if image.format == "TIFF":  # pages of a scan are decoded one at a time
        pages = page_frames(image, MOST_FRAMES)
        image.seek(pages[0])
        return len(pages)
    allowed = max(1, MAX_PIXELS // max(1, image.width * image.height))
    if image.format in ONE_FRAME or not getattr(image, "is_animated", False):
        return 1
    for frame in range(1, allowed + 1):
        try:
            image.seek(frame)
        except EOFError:
            image.seek(0)
            return frame
    raise ChildError("refused", "too_many_pixels", f"more than {allowed} frames of {image.width}x{image.height}")


def _require_few_scans(path: str) -> None:
    """Each scan of a progressive JPEG is a pass over the whole picture: a small file may hold hours of them. Raises ChildError."""
    allowed = LIMITS[IMAGE].scans
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        place = scans = 0
        while match := MARKER.search(data, place):
            code, place = match[1][0], match.end()
            if code == END_OF_IMAGE:  # what comes after it, such as the film of a moving picture, is not decoded
                return
            scans += code == START_OF_SCAN
            if scans > allowed:
                raise ChildError("refused", "too_many_scans", f"more than {allowed}")
            if code not in WITHOUT_LENGTH:
                place += int.from_bytes(data[place : place + 2], "big")


def _exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except BROKEN_TAGS:  # the picture itself may be whole
        return Image.Exif()


def _private(exif: Image.Exif) -> dict[str, str]:
    """All EXIF texts and numbers as text, for people with the right to the original only."""
    tags = {TAGS.get(tag, str(tag)): value for tag, value in exif.items()}
    for ifd, names in ((IFD.Exif, TAGS), (IFD.GPSInfo, {each.value: f"GPS{each.name}" for each in GPS})):
        try:
            tags |= {names.get(tag, str(tag)): value for tag, value in exif.get_ifd(ifd).items()}
        except BROKEN_TAGS:
            continue
    return {str(name): str(value)[:500].replace("\x00", "") for name, value in tags.items() if not isinstance(value, bytes)}
