"""The words of a recording: captions for the browser's player, chapters, and transcripts line by line."""

from dataclasses import dataclass

from django.utils.translation import get_language

from library.vocabularies.lookup import language_name
from media_pipeline.available_renditions import track_url
from media_pipeline.models import Asset, TextTrack

from ..wording import Wording, foreign

SPOKEN = (TextTrack.Role.TRANSCRIPT, TextTrack.Role.CAPTIONS)  # the better first
# role of a track → the kind of <track> that shows it over the picture
TRACK_KINDS = {TextTrack.Role.CAPTIONS: "captions", TextTrack.Role.TRANSLATION: "subtitles"}
WITHOUT_TIMES = {TextTrack.Role.PAGE_TEXT, TextTrack.Role.OCR, TextTrack.Role.CHAPTERS}


@dataclass(frozen=True, slots=True)
class Caption:
    """Captions or subtitles that the browser's own player can show; ``kind`` is that of <track>."""

    kind: str
    url: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One timed line; ``anchor`` is where a search result or a citation points ("t=83" is second 83)."""

    anchor: str
    start_ms: int
    end_ms: int
    speaker: str
    words: Wording


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a recording in one language."""

    title: str
    machine_made: bool
    lines: list[TranscriptLine]


def captions(asset: Asset, tracks: list[TextTrack]) -> list[Caption]:
    """What the player may show over the picture: captions first, then translations."""
    ordered = [(kind, track) for role, kind in TRACK_KINDS.items() for track in tracks if track.role == role]
    return [Caption(kind, track_url(asset, track), track.language, _label(track)) for kind, track in ordered]


def chapters(tracks: list[TextTrack]) -> list[TranscriptLine]:
    """The chapters in the reader's language, else in the first language that has them."""
    own_first = sorted(
        (track for track in tracks if track.role == TextTrack.Role.CHAPTERS), key=lambda track: track.language != get_language()
    )
    return _lines(own_first[0], "") if own_first else []


def transcripts(tracks: list[TextTrack], number: int) -> list[Transcript]:
    """The words as spoken, the better track only, then each translation; ``number`` is the place of the recording on the page."""
    timed = [track for track in tracks if track.role not in WITHOUT_TIMES]
    spoken = sorted((track for track in timed if track.role in SPOKEN), key=lambda track: SPOKEN.index(TextTrack.Role(track.role)))
    ordered = spoken[:1] + [track for track in timed if track.role not in SPOKEN]
    places = ["t=" if number == 1 else f"{number}:t=", *("" for _track in ordered)]  # only the first list has anchors
    return [
        Transcript(_title(track), track.source == TextTrack.Source.MACHINE, _lines(track, place))
        for track, place in zip(ordered, places, strict=False)
    ]


def _title(track: TextTrack) -> str:
    """What the words are; with their language where it is not the page's."""
    return track.get_role_display() if track.language == get_language() else _label(track)


def _label(track: TextTrack) -> str:
    return f"{track.get_role_display()} ({language_name(track.language)})"


def _lines(track: TextTrack, place: str) -> list[TranscriptLine]:
    """The lines of a track. ``place`` begins the anchor of the first line of each second; other lines have no anchor."""
    seconds: set[int] = set()
    lines = []
    for segment in track.segments.all():
        second = (segment.start_ms or 0) // 1000
        anchor = f"{place}{second}" if place and second not in seconds else ""
        words = foreign(segment.text, track.language)
        lines.append(TranscriptLine(anchor, segment.start_ms or 0, segment.end_ms or 0, segment.speaker, words))
        seconds.add(second)
    return lines
