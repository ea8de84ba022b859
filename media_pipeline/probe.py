"""The facts of a file as one frozen value. Every parser runs in a limited child and may open one format only.

Header facts are claims: durations are corrected by decoding, sizes only ever refuse a file sooner.
"""

import re
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from .errors import Damaged, Protected, Refused
from .formats import AUDIO, BOOKS, CHUNKED, DOCUMENT, FFPROBE, IMAGE, PDFIUM, PILLOW, VIDEO, Format
from .limits import LIMITS
from .processes import ffmpeg
from .processes.sandbox import ProcessLimits, Watch, run_python

PROBE_LIMITS = ProcessLimits(cpu=20, wall=30, memory=1024**3)
HDR = {"smpte2084", "arib-std-b67"}
LONGER_THAN_COVER = 2  # seconds of sound beside which a single frame is a cover, not a film
PRIVATE_TAGS = 60  # how many tags are kept for people with the right to the original


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """One audio stream of the original."""

    index: int
    codec: str
    channels: int
    rate: int
    language: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """Facts of one file. Width and height are as seen: upright and with square pixels."""

    kind: str
    format: str
    mime: str
    width: int | None = None
    height: int | None = None
    frames: int = 1
    bit_depth: int = 8
    pages: int | None = None
    duration_header_ms: int | None = None
    video_index: int | None = None
    video_codec: str = ""
    frames_per_second: float = 0.0
    variable_rate: bool = False
    interlaced: bool = False
    hdr: bool = False
    sound: tuple[SoundTrack, ...] = ()
    uncounted: bool = False  # the file holds sound that its header does not count
    read_options: dict[str, Any] = field(default_factory=dict)  # what ffmpeg must be told to read all of it
    private: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Without the private facts, for storing."""
        return {name: value for name, value in asdict(self).items() if name != "private"}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "MediaInfo":
        """The value that ``as_dict`` wrote."""
        return cls(**(stored | {"sound": tuple(SoundTrack(**track) for track in stored.get("sound", ()))}))


def probe(path: Path, format_: Format, folder: Path, watch: Watch | None = None) -> MediaInfo:
    """Facts about a file that was sniffed as the format. Raises Refused, Damaged, Protected or Waiting (no ffprobe)."""
    return _PROBES[format_.parser](path, format_, folder, watch)


def _picture(path: Path, format_: Format, folder: Path, watch: Watch | None) -> MediaInfo:
    request = {"path": str(path), "opens_with": format_.opens_with}
    answer = run_python("probe_picture", request, folder=folder, limits=PROBE_LIMITS, watch=watch)
    if format_.code in BOOKS and answer["frames"] > 1:
        return MediaInfo(DOCUMENT, format_.code, format_.mime, **answer, pages=_pages(answer["frames"]))
    return MediaInfo(IMAGE, format_.code, format_.mime, **answer)


def _pages(count: int) -> int:
    if count > LIMITS[DOCUMENT].pages:
        raise Refused("too_many_pages", str(count))
    return count


def _pdf(path: Path, format_: Format, folder: Path, watch: Watch | None) -> MediaInfo:
    answer = run_python("probe_pdf", {"path": str(path)}, folder=folder, limits=PROBE_LIMITS, watch=watch)
    _pages(answer["pages"])
    return MediaInfo(DOCUMENT, format_.code, format_.mime, **answer)


def _attachment(path: Path, format_: Format, folder: Path, watch: Watch | None) -> MediaInfo:
    return MediaInfo(DOCUMENT, format_.code, format_.mime)


def _recording(path: Path, format_: Format, folder: Path, watch: Watch | None) -> MediaInfo:
    info = recording_info(ffmpeg.probe(path, format_.opens_with, folder=folder, watch=watch), format_)
    _within_limits(info)
    return _judged_by_bytes(info, path, format_, folder, watch) if format_.code in CHUNKED else info


def _judged_by_bytes(info: MediaInfo, path: Path, format_: Format, folder: Path, watch: Watch | None) -> MediaInfo:
    """What the header counts, compared with the bytes that are there; where it counts too little, ffmpeg reads to the end of the sound."""
    request = {"path": str(path), "container": format_.code}
    answer = run_python("sound_chunks", request, folder=folder, limits=PROBE_LIMITS, watch=watch)
    if seconds := answer["seconds"]:
        options = {"ignore_length": 1, "t": f"{seconds:.6f}"}
        return replace(info, uncounted=answer["uncounted"], read_options=options, duration_header_ms=round(seconds * 1000))
    return replace(info, uncounted=answer["uncounted"])


_PROBES = {PILLOW: _picture, PDFIUM: _pdf, FFPROBE: _recording, "none": _attachment}


def recording_info(answer: dict[str, Any], format_: Format) -> MediaInfo:
    """The value from ffprobe's answer. Kind comes from the streams: a cover picture does not make a song a film."""
    streams = answer.get("streams", [])
    if any(str(each.get("codec_tag_string", "")).startswith("enc") for each in streams):
        raise Protected("protected")
    sound = tuple(_sound_track(each) for each in streams if each.get("codec_type") == "audio" and each.get("codec_name"))
    pictures = [each for each in streams if each.get("codec_type") == "video" and not _is_cover(each, answer, bool(sound))]
    film = next((each for each in pictures if each.get("width") and each.get("height")), None)
    if film is None and not sound:
        raise Damaged("nothing_decoded", log=answer.get("log", ""))
    kind = VIDEO if film else AUDIO
    mime = format_.mime if film or format_.kind == AUDIO else format_.sound_mime or format_.mime
    return MediaInfo(
        kind,
        format_.code,
        mime,
        duration_header_ms=_milliseconds(answer.get("format", {}).get("duration")),
        sound=sound,
        private=_tags(answer),
        **(_film(film) if film else {}),
    )


def _is_cover(stream: dict[str, Any], answer: dict[str, Any], beside_sound: bool) -> bool:
    """A picture that is marked as attached; or, beside longer sound, one that stands still: one frame, however it is written."""
    if stream.get("disposition", {}).get("attached_pic"):
        return True
    whole = _milliseconds(answer.get("format", {}).get("duration")) or 0
    if not beside_sound or whole < LONGER_THAN_COVER * 1000:
        return False
    own = _milliseconds(stream.get("duration")) or _clock(str((stream.get("tags") or {}).get("DURATION", "")))
    return stream.get("nb_frames") == "1" or (own is not None and own * 10 < whole and own <= 1000 and stream.get("nb_frames", "1") == "1")


def _clock(text: str) -> int | None:
    """Milliseconds of Matroska's own "00:00:00.040000000"."""
    match = re.fullmatch(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", text)
    return round((int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3])) * 1000) if match else None


def _sound_track(stream: dict[str, Any]) -> SoundTrack:
    language = str(stream.get("tags", {}).get("language", ""))[:20]
    return SoundTrack(
        index=int(stream["index"]),
        codec=str(stream["codec_name"]),
        channels=int(stream.get("channels", 0)),
        rate=int(stream.get("sample_rate") or 0),
        language="" if language == "und" else language,
        default=bool(stream.get("disposition", {}).get("default")),
    )


def _film(stream: dict[str, Any]) -> dict[str, Any]:
    width, height = int(stream["width"]), int(stream["height"])
    shape = _fraction(stream.get("sample_aspect_ratio", "1:1").replace(":", "/")) or Fraction(1)
    width = max(1, round(width * shape)) if Fraction(1, 8) < shape < 8 else width
    turns = [side.get("rotation", 0) for side in stream.get("side_data_list", []) if "rotation" in side]
    if turns and round(float(turns[0])) % 180:
        width, height = height, width
    average, base = _fraction(stream.get("avg_frame_rate")), _fraction(stream.get("r_frame_rate"))
    depth = str(stream.get("bits_per_raw_sample") or "")
    return {
        "width": width,
        "height": height,
        "video_index": int(stream["index"]),
        "video_codec": str(stream.get("codec_name", "")),
        "frames_per_second": round(float(average or base or 0), 3),
        "variable_rate": bool(average and base and abs(float(average / base) - 1) > 0.02),
        "interlaced": stream.get("field_order", "progressive") not in {"progressive", "unknown"},
        "hdr": stream.get("color_transfer") in HDR,
        "bit_depth": int(depth) if depth.isdigit() else (10 if "10" in str(stream.get("pix_fmt")) else 8),
    }


def _fraction(text: Any) -> Fraction | None:
    try:
        return Fraction(str(text))
    except (ValueError, ZeroDivisionError):
        return None


def _milliseconds(seconds: Any) -> int | None:
    try:
        return max(0, round(float(seconds) * 1000))
    except (TypeError, ValueError, OverflowError):
        return None


def _tags(answer: dict[str, Any]) -> dict[str, str]:
    """Every tag of container and streams as text, cut short; they are private until a person publishes them elsewhere."""
    tags: dict[str, str] = {}
    for part in [answer.get("format", {}), *answer.get("streams", [])]:
        for name, value in (part.get("tags") or {}).items():
            tags.setdefault(str(name)[:60], str(value)[:500].replace("\x00", ""))
    return dict(list(tags.items())[:PRIVATE_TAGS])


def _within_limits(info: MediaInfo) -> None:
    """Refuse what is beyond the kind's limits; a size only claimed is refused as well."""
    limits = LIMITS[info.kind]
    if info.kind == VIDEO and info.width and info.height:
        if max(info.width, info.height) > limits.frame[0] or min(info.width, info.height) > limits.frame[1]:
            raise Refused("too_large_frame", f"{info.width}x{info.height}")
        if info.frames_per_second > limits.frames_per_second:
            raise Refused("too_many_frames", str(info.frames_per_second))
    if any(track.channels > limits.channels for track in info.sound):
        raise Refused("too_many_channels")
    slowest, fastest = limits.sample_rates
    if any(track.rate > 0 and not slowest <= track.rate <= fastest for track in info.sound):
        raise Refused("sample_rate", str([track.rate for track in info.sound]))
    if not info.width and all(track.rate <= 0 or track.channels <= 0 for track in info.sound):
        raise Damaged("nothing_decoded", "no rate or no channels")
