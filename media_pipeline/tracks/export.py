"""Segments as files: WebVTT, SRT, plain text."""

import html
from collections.abc import Iterable

from ..models import Segment


def clock(ms: int, separator: str = ".") -> str:
    """Hours, minutes, seconds and milliseconds, as WebVTT (point) and SRT (comma) write them."""
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}{separator}{ms % 1000:03d}"


def as_vtt(segments: Iterable[Segment]) -> str:
    """WebVTT; every cue escaped, speakers as voice spans, no styles."""
    return "WEBVTT\n\n" + "\n".join(
        f"{each.order}\n{clock(each.start_ms or 0)} --> {clock(each.end_ms or 0)}\n{_voice(each)}{_cue(each.text)}\n"
        for each in segments
        if each.start_ms is not None
    )


def _voice(segment: Segment) -> str:
    return f"<v {html.escape(segment.speaker.replace(chr(10), ' '), quote=False)}>" if segment.speaker else ""


def _cue(text: str) -> str:
    """A blank line or an arrow would end the cue."""
    lines = [line for line in text.split("\n") if line.strip()]
    return html.escape("\n".join(lines), quote=False)


def as_srt(segments: Iterable[Segment]) -> str:
    """SubRip; it has no escapes, so angle brackets become their typographic kin."""
    cues = []
    for number, each in enumerate((each for each in segments if each.start_ms is not None), start=1):
        speaker = f"{each.speaker}: " if each.speaker else ""
        text = "\n".join(line for line in each.text.split("\n") if line.strip()).replace("<", "‹").replace(">", "›")
        cues.append(f"{number}\n{clock(each.start_ms or 0, ',')} --> {clock(each.end_ms or 0, ',')}\n{speaker}{text}\n")
    return "\n".join(cues)


def as_text(segments: Iterable[Segment]) -> str:
    """The words alone, a blank line between segments, a form feed between pages."""
    parts, page = [], None
    for each in segments:
        if page is not None and each.page != page:
            parts.append("\f")
        page = each.page
        parts.append(f"{each.speaker}: {each.text}\n" if each.speaker else f"{each.text}\n")
    return "\n".join(parts)
