"""How alike two pictures look: a hash of 64 bits that survives saving again, another size and a little more light. Pure.

The hash (dHash) says for each of 8 × 8 places of the grey picture whether it is lighter than the place to its right. Copies of one picture
differ in few bits, different pictures in about half of them. Pictures with hardly any shapes in them have no look: they would all be alike.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SIDE = 8
NEAR = 8  # bits; measured: copies differ in at most 5, different pictures in 15 and more (tests/media_pipeline/test_looks.py)
FEWEST_SHAPES = 6  # bits of either kind that a picture must have


def look_of(image: "Image.Image") -> str:
    """The look of an opaque picture as 16 hex digits; empty where it shows too little."""
    grey = image.convert("L").resize((SIDE + 1, SIDE), reducing_gap=3.0)
    points = grey.tobytes()
    bits = 0
    for row in range(SIDE):
        for place in range(row * (SIDE + 1), row * (SIDE + 1) + SIDE):
            bits = bits << 1 | (points[place] > points[place + 1])
    shapes = min(bits.bit_count(), SIDE * SIDE - bits.bit_count())
    return f"{bits:016x}" if shapes >= FEWEST_SHAPES else ""


def distance(one: str, other: str) -> int:
    """In how many of 64 bits two looks differ; 64 where one of them is empty."""
    return (int(one, 16) ^ int(other, 16)).bit_count() if one and other else SIDE * SIDE


def alike(one: str, other: str) -> bool:
    """Whether two pictures look alike."""
    return distance(one, other) <= NEAR


def pairs_alike(looks: Sequence[str]) -> list[tuple[int, int]]:
    """The places of all pairs that look alike. A thousand looks are half a million pairs, so each is read as a number once."""
    numbers = [(place, int(look, 16)) for place, look in enumerate(looks) if look]
    return [(one, other) for (one, first), (other, second) in combinations(numbers, 2) if (first ^ second).bit_count() <= NEAR]
