"""Which rungs of the ladder a film gets, and the size of its picture in each."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..probe import MediaInfo
from ..recipes import Rung

NOTICEABLE = 1.1  # a rung at the source's own size is added when the source is so much larger than the rung below


@dataclass(frozen=True, slots=True)
class Size:
    """The picture of one rung, and its frames per second (0: as in the source)."""

    rung: Rung
    width: int
    height: int
    frames_per_second: float


def sizes(info: MediaInfo, rungs: Iterable[Rung]) -> list[Size]:
    """The rungs a film gets: never scaled up, sides even, at least one."""
    width, height = info.width or 0, info.height or 0
    short = min(width, height)
    by_size = sorted(rungs, key=lambda rung: rung.short_side)
    fitting = [rung for rung in by_size if rung.short_side <= short]
    larger = [rung for rung in by_size if rung.short_side > short]
    if larger and (not fitting or short > fitting[-1].short_side * NOTICEABLE):
        fitting.append(larger[0])
    return [_size(info, rung, min(1.0, rung.short_side / short)) for rung in fitting]


def _size(info: MediaInfo, rung: Rung, scale: float) -> Size:
    even = [max(2, round((side or 0) * scale / 2) * 2) for side in (info.width, info.height)]
    rate = info.frames_per_second
    while rate > rung.frames_per_second * 1.01:
        rate /= 2
    return Size(rung, even[0], even[1], 0.0 if rate == info.frames_per_second else rate)
