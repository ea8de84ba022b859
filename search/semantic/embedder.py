"""The interface of a model that reads texts as vectors. It knows no model."""

from collections.abc import Sequence
from typing import Protocol

from .vectors import Vector, VectorSpace


class ModelUnavailable(Exception):
    """The model cannot read texts on this machine. Searches go on by words."""


class Embedder(Protocol):
    """Reads texts as vectors. The same text gives the same vector on one machine. Raises ModelUnavailable."""

    space: VectorSpace
    scale: tuple[float, float]  # how like a question are texts that have nothing to do with it, and those that answer it best

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts in which something is looked for."""

    def question(self, text: str) -> Vector:
        """The vector of what somebody asks."""
