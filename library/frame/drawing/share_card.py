"""The picture that a messenger shows beside a link: indigo, the library's name, a title, one line below it, a woven band.

1200 × 630 pixels, as Open Graph readers ask. The band is of the library: generic by construction, seeded by an identifier, never by a
people (see ``band``). Fonts are the library's own, so that every server draws the same.
"""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .band import REPEAT, Band, band

SIZE = (1200, 630)
MARGIN = 72
DYE, THREAD, LAC, GOLD, INK, SOFT = "#212f57", "#e9dfc8", "#c2574d", "#e2ac4b", "#f3ecdc", "#c9cfe4"
PARTS = "L.d.L.D.L.d.L"
STITCH = 4  # pixels
KNOT = (25, 2.4)  # rows of the mark, pixels a stitch
TITLE_SIZES = ((88, 1), (76, 1), (64, 2), (56, 2), (48, 2))  # letters, and how many lines of them there is room for
TITLE_TOP, LINE_SIZE, COLOURS = 156, 34, 48
FONTS = Path(__file__).resolve().parent / "fonts"
RECTANGLE = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)")


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What stands on a card. ``library``: the two lines of the library's name; ``line``: kind, people, place; ``seed``: of its band."""

    library: tuple[str, str]
    title: str
    line: str
    seed: str


def png(card: ShareCard) -> bytes:
    """The card as a PNG file of at most 60 KB: few colours, which is all that it has."""
    image = Image.new("RGB", SIZE, DYE)
    cloth = woven(band(card.seed, PARTS), LAC, STITCH)
    foot = SIZE[1] - cloth.height
    for x in range(0, SIZE[0], cloth.width):
        image.paste(cloth, (x, foot))
    image.paste(woven(band("knot-3", "D"), GOLD, KNOT[1]), (MARGIN, MARGIN - 8))
    pen = ImageDraw.Draw(image)
    pen.text((152, 88), card.library[0], SOFT, _font("Sans", 24), anchor="ls")
    pen.text((152, 122), card.library[1], INK, _font("Serif", 30), anchor="ls")
    face, lines = _fitted(card.title)
    step = round(face.size * 1.16)
    baseline = TITLE_TOP + (foot - TITLE_TOP - 2 * LINE_SIZE - step * len(lines)) // 2 + round(face.size * 0.95)
    for row, words in enumerate(lines):
        pen.text((MARGIN - 4, baseline + row * step), words, INK, face, anchor="ls")
    if card.line:
        below = baseline + (len(lines) - 1) * step + round(LINE_SIZE * 1.9)
        pen.regular_polygon((MARGIN + 10, below - 12, 11), 4, rotation=45, fill=GOLD)
        sans = _font("Sans", LINE_SIZE)
        pen.text((MARGIN + 36, below), _shortened(card.line, sans, SIZE[0] - 2 * MARGIN - 36), INK, sans, anchor="ls")
    file = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def woven(woven: Band, accent: str, stitch: float) -> Image.Image:
    """One repeat of a band, ``stitch`` pixels for each stitch."""
    cloth = Image.new("RGB", (REPEAT, woven.height), DYE)
    pen = ImageDraw.Draw(cloth)
    for path, thread in ((woven.figure, THREAD), (woven.accent, accent)):
        for x, y, wide, tall in (map(int, found) for found in RECTANGLE.findall(path)):
            pen.rectangle((x, y, x + wide - 1, y + tall - 1), thread)
    return cloth.resize((round(REPEAT * stitch), round(woven.height * stitch)), Image.Resampling.NEAREST)


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters in which the title has room, and its lines; of a title too long for all of them as much as fits."""
    width = SIZE[0] - 2 * MARGIN
    for size, room in TITLE_SIZES:
        face = _font("Serif", size)
        lines = _lines(title, face, width)
        if len(lines) <= room:
            return face, lines
    return face, [lines[0], _shortened(" ".join(lines[1:]), face, width)]


def _lines(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and face.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [_shortened(line, face, width) for line in lines]


def _shortened(text: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, or its beginning with an ellipsis where it is too long for one line."""
    if face.getlength(text) <= width:
        return text
    while text and face.getlength(f"{text}…") > width:
        text = text[:-1].rstrip(" ·,")
    return f"{text}…"


@cache
def _font(family: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"Noto{family}-Latin.ttf", size)
