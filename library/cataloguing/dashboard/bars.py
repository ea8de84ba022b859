"""The columns of a chart, as sizes in an SVG. A table with the same numbers always stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, TOP, LEFT = 380, 132, 12, 26  # of the drawing, in its own units; the foot holds the labels
FOOT = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its place and size, its middle, and what stands on it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    value: str
    label: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns, the height of the line of the goal, and the number at the top of the scale."""

    bars: tuple[Bar, ...]
    goal_y: float
    top: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    left: int = LEFT


def chart(values: Sequence[tuple[str, float | None, bool]], goal: float) -> Chart:
    """Columns of (label, value or None, whether it is marked); the scale ends above the highest value and the goal."""
    top = max(1, *(int(value) + 1 for _label, value, _marked in values if value is not None), int(goal) + 1)
    base, room = HEIGHT - FOOT, HEIGHT - FOOT - TOP
    step = (WIDTH - LEFT) / max(len(values), 1)
    bars = []
    for place, (label, value, marked) in enumerate(values):
        height = round((value or 0) / top * room, 1)
        x = round(LEFT + place * step + step * 0.2, 1)
        told = "" if value is None else f"{value:g}"
        bars.append(Bar(x, round(base - height, 1), round(step * 0.6, 1), height, round(x + step * 0.3, 1), told, label, marked))
    return Chart(tuple(bars), round(base - goal / top * room, 1), top)
