"""The years of what was found as a row of bars, each a link to its decade; the fields beside it take any years."""

from collections.abc import Mapping
from dataclasses import dataclass

from .addresses import Address

DECADE = 10
MOST_BARS = 60  # decades; older ones are gathered by century
CENTURY = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of years: its first and last year, how many records it has, how high it is drawn (1 to 100), and its address."""

    first: int
    last: int
    count: int
    height: int
    url: str

    @property
    def top(self) -> int:
        """Where the bar begins in a drawing 100 units high."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """All bars without gaps; ``first`` and ``last`` are the years at both ends."""

    bars: tuple[Bar, ...]
    first: int
    last: int

    @property
    def width(self) -> int:
        """Of the drawing, ten units a bar."""
        return 10 * len(self.bars)


def timeline(counts: Mapping[str, int], address: Address) -> Timeline | None:
    """Bars for counts by decade ("1930" → 4); nothing where they say nothing: fewer than two decades."""
    decades = {int(decade): count for decade, count in counts.items()}
    if len(decades) < 2:
        return None
    span = DECADE if (max(decades) - min(decades)) // DECADE < MOST_BARS else CENTURY
    gathered: dict[int, int] = dict.fromkeys(range(min(decades) // span * span, max(decades) + 1, span), 0)
    for decade, count in decades.items():
        start = decade // span * span
        gathered[start] = gathered[start] + count if span == DECADE else max(gathered[start], count)
    highest = max(gathered.values())
    bars = tuple(_bar(start, start + span - 1, count, highest, address) for start, count in gathered.items())
    return Timeline(bars, bars[0].first, bars[-1].last)


def _bar(first: int, last: int, count: int, highest: int, address: Address) -> Bar:
    height = max(2, round(count * 100 / highest)) if count else 0
    return Bar(first, last, count, height, address.with_values({"tu": str(max(first, 1)), "den": str(last)}))
