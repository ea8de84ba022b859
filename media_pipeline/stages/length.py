"""How long a recording may be. Its packets and what was decoded decide, never what its header claims alone."""

from ..errors import OverLimit
from ..limits import LIMITS
from ..processes import ffmpeg
from .work import Work

#: Demuxers whose clock may jump within one honest recording; ffmpeg closes those gaps while it decodes.
JUMPING = {"mpegts", "mpeg", "dv"}
END_OF_TIME = 10**9  # seconds: later than any clock
MS_A_FRAME = 10_000  # one frame for so many milliseconds is few


def require_length(work: Work) -> None:
    """Raise OverLimit before anything is decoded, where the header claims too much and the last packet says so too."""
    claimed, longest = work.info.duration_header_ms, LIMITS[work.info.kind].duration_ms
    if claimed is None or claimed <= longest or work.opens_with in JUMPING:
        return
    times = ffmpeg.packet_times(work.source, work.opens_with, folder=work.folder, watch=work.watch, start=END_OF_TIME)
    if max(times, default=0) * 1000 > longest:
        raise OverLimit("too_long", f"a packet at {max(times):.0f} s")


def require_decoded_length(work: Work, decoded_ms: int) -> None:
    """Raise OverLimit where more was decoded than is allowed; ``ffmpeg.output`` stops a little after that."""
    if decoded_ms > LIMITS[work.info.kind].duration_ms:
        raise OverLimit("too_long", f"{decoded_ms} ms decoded")


def few_frames(frames: int, duration_ms: int) -> bool:
    """Whether a film stands still for most of its time: told, not refused, since a song with a few pictures is one."""
    return frames * MS_A_FRAME < duration_ms
