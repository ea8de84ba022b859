"""Woven bands from a seed: deterministic and generic. Never seeded with, or named after, a people.

A band is a sequence of parts, one letter each, woven from top to bottom on a repeat of 24 stitches:
l a line · L an accent line · . a bare row · o dots · t T teeth up, down · z zigzag · d small diamonds · D large diamonds.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

REPEAT = 24  # stitches
BANDS = ("l.T.D.t.l", "L.o.l.D.l.o.L", "l.d.L.D.L.d.l", "T.l.D.l.t", "l.z.D.z.l", "L.l.d.T.D.t.d.l.L", "o.l.D.l.o", "l.L.T.d.D.d.t.L.l")
RINGS = ("aaa..ffff", "ff..ff..aa", "f..aaa..ff", "aa..ff..ff", "ffff..aaa", "a..ffff..a", "fff..aa..f", "aaaa..fff")  # from the centre out
FIGURE, ACCENT, BARE = "f", "a", "."
LARGE, SMALL = 12, 4  # half diagonals of the diamonds


@dataclass(frozen=True, slots=True)
class Band:
    """One repeat of a band: its size in stitches and the path data of its two threads."""

    width: int
    height: int
    figure: str
    accent: str


@lru_cache(maxsize=512)
def band(seed: str, parts: str = "") -> Band:
    """The band of a seed; the seed also chooses the parts unless they are given."""
    digest = sha256(seed.encode()).digest()
    rows = [row for letter in parts or BANDS[digest[4] % 8] for row in _part(letter, digest)]
    return Band(REPEAT, len(rows), _path(rows, FIGURE), _path(rows, ACCENT))


def _part(letter: str, digest: bytes) -> list[str]:
    """The rows of one part, a letter a stitch."""
    if letter in "lL.":
        return [{"l": FIGURE, "L": ACCENT, ".": BARE}[letter] * REPEAT]
    if letter == "o":
        return ["".join(ACCENT if x % 4 == 1 else BARE for x in range(REPEAT))]
    if letter in "tT":
        rows = ["".join(FIGURE if abs(x % 6 - 3) <= y else BARE for x in range(REPEAT)) for y in range(3)]
        return rows if letter == "t" else rows[::-1]
    if letter == "z":
        thread = (FIGURE, ACCENT)[digest[3] % 2]
        return ["".join(thread if y - abs(x % 8 - 4) in (0, 1) else BARE for x in range(REPEAT)) for y in range(6)]
    half = LARGE if letter == "D" else SMALL
    return ["".join(_diamond(x, y, half, digest, letter == "D") for x in range(REPEAT)) for y in range(2 * half + 1)]


def _diamond(x: int, y: int, half: int, digest: bytes, hooked: bool) -> str:
    """A stitch of a diamond with the given half diagonal, and of the half diamonds that fill the corners between."""
    across, down = abs(x % (2 * half) - half), abs(y - half)
    if digest[2] % 2:
        across, down = down, across
    distance, core = across + down, half * 2 // 3 if hooked else half - 2
    if distance <= core:
        return RINGS[digest[0] % 8][distance * 9 // half] if distance < core - 1 else FIGURE
    if hooked and ((down % 3 == 1 and distance <= core + 3) or (down % 3 == 2 and distance == core + 4)):
        return FIGURE
    corner = 2 * half - distance
    inside = corner <= half - 3 - (digest[1] % 3 if hooked else 1) and corner % 4 < 3 - hooked
    return BARE if not inside else FIGURE if corner > 1 else ACCENT


def _path(rows: list[str], thread: str) -> str:
    """Rectangles covering every stitch of one thread, as SVG path data in stitch units."""
    left = {(x, y) for y, row in enumerate(rows) for x, stitch in enumerate(row) if stitch == thread}
    data = []
    for y, x in sorted((y, x) for x, y in left):
        if (x, y) not in left:
            continue
        wide = tall = 1
        while (x + wide, y) in left:
            wide += 1
        while all((x + step, y + tall) in left for step in range(wide)):
            tall += 1
        left -= {(x + across, y + down) for across in range(wide) for down in range(tall)}
        data.append(f"M{x} {y}h{wide}v{tall}h-{wide}z")
    return "".join(data)
