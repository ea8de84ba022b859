"""Playlists of a film: those of ffmpeg are read for their byte ranges; those for readers are written here from measured sizes.

RFC 8216. Peak rate = largest segment × 8 / its duration; average = whole file × 8 / duration; codecs from the init segment.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

_MAP = re.compile(r'#EXT-X-MAP:URI="[^"]*",BYTERANGE="(\d+)@(\d+)"')
_SEGMENT = re.compile(r"#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)@(\d+)")


@dataclass(frozen=True, slots=True)
class HlsSegment:
    """One segment: seconds, bytes, and where it starts in the file."""

    seconds: float
    size: int
    start: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one rung's file."""

    init_size: int
    segments: list[HlsSegment]

    @property
    def seconds(self) -> float:
        """The length of the rung."""
        return sum(segment.seconds for segment in self.segments)

    @property
    def end(self) -> int:
        """The end of the last segment; the file's size if the file is complete."""
        return max((segment.start + segment.size for segment in self.segments), default=self.init_size)

    @property
    def average_bitrate(self) -> int:
        """Bits per second over the whole file."""
        return round(self.end * 8 / max(self.seconds, 0.001))

    @property
    def peak_bitrate(self) -> int:
        """Bits per second of the largest segment; a short last one does not count unless there is no other."""
        longest = max((segment.seconds for segment in self.segments), default=1)
        rates = [segment.size * 8 / segment.seconds for segment in self.segments if segment.seconds >= longest / 2]
        return round(max(rates, default=0))

    def ending_at(self, seconds: float) -> "Layout":
        """The same with a last segment that ends then."""
        return replace(self, segments=[*self.segments[:-1], replace(self.segments[-1], seconds=max(0.001, seconds - self.starts[-1]))])

    @property
    def starts(self) -> list[float]:
        """Where each segment begins, in seconds."""
        times, total = [], 0.0
        for segment in self.segments:
            times.append(round(total, 6))
            total += segment.seconds
        return times


def read_layout(playlist: str) -> Layout | None:
    """The layout from ffmpeg's playlist of a single-file rung, or None when it is not one."""
    init = _MAP.search(playlist)
    segments = [HlsSegment(float(seconds), int(size), int(start)) for seconds, size, start in _SEGMENT.findall(playlist)]
    return Layout(int(init.group(1)), segments) if init and segments and "#EXT-X-ENDLIST" in playlist else None


def media_playlist(uri: str, layout: Layout) -> str:
    """The playlist of one rung, whose file is ``uri`` beside it."""
    longest = max(segment.seconds for segment in layout.segments)
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{max(1, round(longest + 0.499))}", "#EXT-X-PLAYLIST-TYPE:VOD"]
    lines += ["#EXT-X-INDEPENDENT-SEGMENTS", f'#EXT-X-MAP:URI="{uri}",BYTERANGE="{layout.init_size}@0"']
    for segment in layout.segments:
        lines += [f"#EXTINF:{segment.seconds:.6f},", f"#EXT-X-BYTERANGE:{segment.size}@{segment.start}", uri]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of the master: a rung, or sound alone (no width)."""

    uri: str
    codecs: str
    average_bitrate: int
    peak_bitrate: int
    width: int | None = None
    height: int | None = None
    frames_per_second: float | None = None


def master_playlist(variants: list[Variant]) -> str:
    """The master in the order given; players start with the first."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for variant in variants:
        attributes = [f"BANDWIDTH={variant.peak_bitrate}", f"AVERAGE-BANDWIDTH={variant.average_bitrate}", f'CODECS="{variant.codecs}"']
        if variant.width:
            attributes += [f"RESOLUTION={variant.width}x{variant.height}", f"FRAME-RATE={variant.frames_per_second or 0:.3f}"]
        lines += [f"#EXT-X-STREAM-INF:{','.join(attributes)}", variant.uri]
    return "\n".join([*lines, ""])


def _av1_string(profile_and_level: int, flags: int) -> str:
    """AV1 in ISO Base Media, section 5: ``av01.P.LLT.DD`` from the second and third byte of the configuration."""
    tier, bits = ("H" if flags & 0x80 else "M"), ("10" if flags & 0x40 else "08")
    return f"av01.{profile_and_level >> 5}.{profile_and_level & 0x1F:02d}{tier}.{bits}"


def codecs_of(path: Path, init_size: int) -> str:
    """The RFC 6381 string of a file's init segment: H.264 from its avcC box or AV1 from its av1C box, AAC-LC beside it."""
    with path.open("rb") as file:
        init = file.read(init_size)
    codecs = []
    if (place := init.find(b"avcC")) > 0:
        codecs.append("avc1." + init[place + 5 : place + 8].hex())
    if (place := init.find(b"av1C")) > 0:
        codecs.append(_av1_string(init[place + 5], init[place + 6]))
    if b"mp4a" in init:
        codecs.append("mp4a.40.2")
    return ",".join(codecs)
