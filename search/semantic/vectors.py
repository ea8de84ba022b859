"""Vectors as plain values, and their form in a database. It knows no model and no optional package."""

import struct
from dataclasses import dataclass
from operator import mul

Vector = tuple[float, ...]  # of length 1: the product of two is their likeness, 1 for the same text


@dataclass(frozen=True, slots=True)
class VectorSpace:
    """The model that vectors come from, with its release: vectors of two models cannot be compared."""

    name: str
    dimensions: int


def packed(vector: Vector) -> bytes:
    """A vector in two bytes for each number: that loses less than the model does."""
    return struct.pack(f"<{len(vector)}e", *vector)


def unpacked(data: bytes) -> Vector:
    """What ``packed`` made."""
    return struct.unpack(f"<{len(data) // 2}e", data)


def product(one: Vector, other: Vector) -> float:
    """The likeness of two vectors."""
    return sum(map(mul, one, other))
