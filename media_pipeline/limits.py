"""How large what comes in may be: bytes, time, pixels, pages; one line a kind. The largest upload follows from it."""

from dataclasses import dataclass

from .formats import AUDIO, DOCUMENT, IMAGE, VIDEO

MB, GB = 1_000_000, 1_000_000_000


@dataclass(frozen=True, slots=True)
class KindLimits:
    """Limits of a kind; numbers a file states about itself only ever refuse it sooner."""

    file_bytes: int
    duration_ms: int = 12 * 3600 * 1000
    channels: int = 8
    frame: tuple[int, int] = (8192, 4320)
    frames_per_second: int = 120
    pixels: int = 300_000_000
    pages: int = 3000


LIMITS = {
    IMAGE: KindLimits(500 * MB),
    AUDIO: KindLimits(4 * GB),
    VIDEO: KindLimits(50 * GB),
    DOCUMENT: KindLimits(1 * GB),
}

LARGEST = max(limits.file_bytes for limits in LIMITS.values())
