"""What is wrong with a cell, as an officer reads it: what was found, what is allowed, and ways to write it that are right."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from media_pipeline.text.folding import fold

MOST_CHOICES = 6
REFUSED, CHANGED, SKIPPED = "refused", "changed", "skipped"


class CellError(Exception):
    """A cell that cannot be taken. ``allowed`` says what may stand there; each of ``choices`` is a text that is read without a question."""

    def __init__(self, allowed: Any, choices: tuple[str, ...] = ()) -> None:
        super().__init__(str(allowed))
        self.allowed, self.choices = str(allowed), choices[:MOST_CHOICES]


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the report on a row. ``column`` counts from 0 in the file; -1 is the row as a whole."""

    column: int
    level: str  # refused: the row is not imported; changed: it is written otherwise than it stands in the file; skipped: why it is left
    shown: str  # what stands in the file
    allowed: str  # what may stand there, or what will be written
    choices: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {"column": self.column, "level": self.level, "shown": self.shown, "allowed": self.allowed, "choices": list(self.choices)}


def near(typed: str, labels: dict[str, str]) -> tuple[str, ...]:
    """Labels that look like what was typed, the nearest first. ``labels``: folded label → label."""
    typed = fold(typed)
    inside = [label for key, label in labels.items() if typed and (key.startswith(typed) or f" {typed}" in f" {key}")]
    close = [labels[key] for key in get_close_matches(typed, labels, n=MOST_CHOICES, cutoff=0.6)]
    return tuple(dict.fromkeys([*close, *inside]))[:MOST_CHOICES]
