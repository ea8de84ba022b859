"""Segments as files: WebVTT, SRT, plain text, ELAN."""

import hashlib
import html
from collections.abc import Callable, Iterable
from xml.etree import ElementTree

from ..models import Segment, TextTrack
from ..text.cleaning import clean


def clock(ms: int, separator: str = ".") -> str:
    """Hours, minutes, seconds and milliseconds, as WebVTT (point) and SRT (comma) write them."""
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}{separator}{ms % 1000:03d}"


def as_vtt(segments: Iterable[Segment]) -> str:
    """WebVTT; every cue escaped, speakers as voice spans, no styles."""
    return "WEBVTT\n\n" + "\n".join(
        f"{segment.order}\n{clock(segment.start_ms or 0)} --> {clock(segment.end_ms or 0)}\n{_voice(segment)}{_cue(segment.text)}\n"
        for segment in segments
        if segment.start_ms is not None
    )


def _voice(segment: Segment) -> str:
    return f"<v {html.escape(segment.speaker.replace(chr(10), ' '), quote=False)}>" if segment.speaker else ""


def _cue(text: str) -> str:
    """A blank line or an arrow would end the cue."""
    lines = [line for line in text.split("\n") if line.strip()]
    return html.escape("\n".join(lines), quote=False)


def as_srt(segments: Iterable[Segment]) -> str:
    """SubRip. It has no escapes, so angle brackets are replaced by similar signs."""
    cues = []
    for number, segment in enumerate((segment for segment in segments if segment.start_ms is not None), start=1):
        speaker = f"{segment.speaker}: " if segment.speaker else ""
        text = "\n".join(line for line in segment.text.split("\n") if line.strip()).replace("<", "‹").replace(">", "›")
        cues.append(f"{number}\n{clock(segment.start_ms or 0, ',')} --> {clock(segment.end_ms or 0, ',')}\n{speaker}{text}\n")
    return "\n".join(cues)


def as_text(segments: Iterable[Segment]) -> str:
    """The words alone, a blank line between segments, a form feed between pages."""
    parts, page = [], None
    for segment in segments:
        if page is not None and segment.page != page:
            parts.append("\f")
        page = segment.page
        parts.append(f"{segment.speaker}: {segment.text}\n" if segment.speaker else f"{segment.text}\n")
    return "\n".join(parts)


def as_eaf(segments: Iterable[Segment]) -> str:
    """ELAN 3.0: one tier for each speaker, annotations with times of their own."""
    timed = [segment for segment in segments if segment.start_ms is not None]
    root = ElementTree.Element("ANNOTATION_DOCUMENT", AUTHOR="", DATE="2000-01-01T00:00:00Z", FORMAT="3.0", VERSION="3.0")
    ElementTree.SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    slots = ElementTree.SubElement(root, "TIME_ORDER")
    tiers: dict[str, ElementTree.Element] = {}
    for number, segment in enumerate(timed):
        for place, ms in ((2 * number + 1, segment.start_ms), (2 * number + 2, segment.end_ms)):
            ElementTree.SubElement(slots, "TIME_SLOT", TIME_SLOT_ID=f"ts{place}", TIME_VALUE=str(ms))
    for number, segment in enumerate(timed):
        if segment.speaker not in tiers:
            name = segment.speaker or "default"
            tiers[segment.speaker] = ElementTree.SubElement(
                root, "TIER", TIER_ID=name, PARTICIPANT=segment.speaker, LINGUISTIC_TYPE_REF="default-lt"
            )
        annotation = ElementTree.SubElement(tiers[segment.speaker], "ANNOTATION")
        references = {"TIME_SLOT_REF1": f"ts{2 * number + 1}", "TIME_SLOT_REF2": f"ts{2 * number + 2}"}
        aligned = ElementTree.SubElement(annotation, "ALIGNABLE_ANNOTATION", {"ANNOTATION_ID": f"a{number + 1}"} | references)
        ElementTree.SubElement(aligned, "ANNOTATION_VALUE").text = clean(segment.text)
    ElementTree.SubElement(root, "LINGUISTIC_TYPE", LINGUISTIC_TYPE_ID="default-lt", TIME_ALIGNABLE="true", GRAPHIC_REFERENCES="false")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


#: Extension → media type and how it is written.
FORMATS: dict[str, tuple[str, Callable[[Iterable[Segment]], str]]] = {
    "vtt": ("text/vtt", as_vtt),
    "srt": ("application/x-subrip", as_srt),
    "txt": ("text/plain", as_text),
    "eaf": ("application/xml", as_eaf),
}


def as_file(track: TextTrack, extension: str) -> tuple[bytes, str] | None:
    """The track as a file of that extension and its media type; None when it cannot be written so: pages have no times."""
    if extension not in FORMATS or not (track.timed or extension == "txt"):
        return None
    mime, write = FORMATS[extension]
    return write(track.segments.all()).encode(), mime


def fingerprint(body: bytes) -> str:
    """For the ETag of a track."""
    return hashlib.sha256(body).hexdigest()
