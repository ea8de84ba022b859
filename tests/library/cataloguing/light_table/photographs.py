"""Small photographs as cameras make them: each with its own shapes, and with what the camera writes into the file."""

import io
from datetime import datetime

from PIL import Image, ImageDraw


def photograph(
    number: int,
    when: datetime | None = None,
    where: tuple[float, float] | None = None,
    offset: str = "",
    size: tuple[int, int] = (480, 360),
) -> bytes:
    """A JPEG with large shapes, another picture for each number; when and where (latitude, longitude) it was taken, as EXIF."""
    image = Image.new("RGB", (480, 360), (40 * number % 200 + 30, 60, 120))
    draw = ImageDraw.Draw(image)
    for at in range(14):
        seed = (number * 7919 + at * 104729) % 999983
        x, y, radius = seed % 440, seed // 7 % 320, 30 + seed % 130
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(seed % 255, seed // 3 % 255, seed // 11 % 255))
    buffer = io.BytesIO()
    image.resize(size).save(buffer, "JPEG", quality=80, exif=_exif(when, where, offset))
    return buffer.getvalue()


def _exif(when: datetime | None, where: tuple[float, float] | None, offset: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS 80D"
    if when:
        tags = exif.get_ifd(0x8769)
        tags[0x9003] = when.strftime("%Y:%m:%d %H:%M:%S")
        if offset:
            tags[0x9011] = offset
    if where:
        exif.get_ifd(0x8825).update({1: "N", 2: _parts(where[0]), 3: "E", 4: _parts(where[1])})
    return exif.tobytes()


def _parts(degrees: float) -> tuple[float, float, float]:
    whole, minutes = int(degrees), (degrees % 1) * 60
    return float(whole), float(int(minutes)), round(minutes % 1 * 60, 2)
