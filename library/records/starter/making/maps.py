"""Maps for the slides of the film: the 34 provinces and both archipelagos, with the provinces of a record filled in."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from library.frame.drawing.province_map import outlines

FONTS = Path("/usr/share/fonts/truetype/noto")
COTTON, INK, SOFT, INDIGO, PALE, WHITE = "#f6f1e4", "#22303c", "#5d6b73", "#2b3f6b", "#c9d0dc", "#ffffff"
CREDIT = "Bản đồ: @svg-maps/vietnam, CC BY 4.0, vẽ lại từ dữ liệu. Tệp thử, máy vẽ."
SUPERSAMPLING = 2  # drawn larger and reduced, for smooth edges
ARCHIPELAGOS = (("Hoàng Sa", "48"), ("Trường Sa", "56"))
STEP = re.compile(r"([Mlz])|(-?\d+(?:\.\d+)?)")
Point = tuple[float, float]


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Noto Sans, which has every letter of the 54 groups' Latin alphabets. Raises OSError when the font is not installed."""
    return ImageFont.truetype(str(FONTS / ("NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf")), size)


def draw_map(size: tuple[int, int], codes: Collection[str], origin: Point, scale: float) -> Image.Image:
    """The map on an empty sheet, its corner at ``origin``; both archipelagos are drawn and named."""
    large = Image.new("RGB", (size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING), COTTON)
    pen = ImageDraw.Draw(large)
    for outline in outlines().provinces:
        filled = outline.code in codes
        for ring in _rings(outline.path):
            pen.polygon(_placed(ring, origin, scale), fill=INDIGO if filled else PALE, outline=WHITE, width=SUPERSAMPLING)
        for ring in _rings(outline.islands):  # a white edge would swallow them
            pen.polygon(_placed(ring, origin, scale), fill=INDIGO if filled else SOFT)
    image = large.resize(size, Image.Resampling.LANCZOS)
    _name_archipelagos(image, origin, scale)
    return image


def _placed(ring: list[Point], origin: Point, scale: float) -> list[Point]:
    return [((x * scale + origin[0]) * SUPERSAMPLING, (y * scale + origin[1]) * SUPERSAMPLING) for x, y in ring]


def _name_archipelagos(image: Image.Image, origin: Point, scale: float) -> None:
    pen, by_code = ImageDraw.Draw(image), {outline.code: outline for outline in outlines().provinces}
    for name, code in ARCHIPELAGOS:
        points = [point for ring in _rings(by_code[code].islands) for point in ring]
        middle = sum(x for x, _y in points) / len(points) * scale + origin[0]
        top = min(y for _x, y in points) * scale + origin[1]
        pen.text((middle, top - 8), name, fill=SOFT, font=font(16), anchor="mb")


def _rings(path: str) -> Iterator[list[Point]]:
    """The closed lines of SVG path data that uses only M, l and z."""
    ring: list[Point] = []
    numbers: list[float] = []
    command, here = "", (0.0, 0.0)
    for letter, number in STEP.findall(path):
        if letter == "z":
            yield ring
            ring = []
        elif letter:
            command = letter
        else:
            numbers.append(float(number))
        if len(numbers) == 2:
            here = (numbers[0], numbers[1]) if command == "M" else (here[0] + numbers[0], here[1] + numbers[1])
            ring.append(here)
            numbers = []
