"""How large what comes in may be: bytes, time, pixels, pages; one line a kind. Each number is read where it is enforced (tested)."""

from dataclasses import dataclass

from .formats import AUDIO, DOCUMENT, IMAGE, VIDEO

MB, GB = 1_000_000, 1_000_000_000


@dataclass(frozen=True, slots=True)
class KindLimits:
    """Limits of a kind. They act on what was read or decoded; what a header claims only ever refuses a file sooner.

    A duration is never refused on a claim alone: see ``stages.length``. ``sample_rates``: from a telephone's to a studio's.
    """

    file_bytes: int
    duration_ms: int = 12 * 3600 * 1000
    channels: int = 8
    frame: tuple[int, int] = (8192, 4320)
    frames_per_second: int = 120
    sample_rates: tuple[int, int] = (4_000, 384_000)
    pixels: int = 300_000_000
    scans: int = 64  # of one JPEG; each costs a pass over the whole picture
    pages: int = 3000


LIMITS = {
    IMAGE: KindLimits(500 * MB),
    AUDIO: KindLimits(4 * GB),
    VIDEO: KindLimits(50 * GB),
    DOCUMENT: KindLimits(1 * GB),
}

LARGEST = max(limits.file_bytes for limits in LIMITS.values())
LONGEST_MS = max(limits.duration_ms for limits in LIMITS.values())
