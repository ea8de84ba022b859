"""A part of a film, and a sound with its words, as a story shows them."""

from dataclasses import dataclass, replace
from typing import Any

from library.presentation.lists.lines import RecordLine
from library.presentation.media.recordings import Recording, RecordingRendition
from library.presentation.media.transcripts import Transcript, TranscriptLine
from library.presentation.wording import Wording
from library.records.models import Record

from .languages import words
from .readable import ReadableRecords

WIDTH = 400  # of the line on which the part is drawn, in units of the drawing


@dataclass(frozen=True, slots=True)
class PlayedPart:
    """A recording from one moment to another. ``fragment`` is the part after # in an address (Media Fragments URI 1.0)."""

    line: RecordLine
    recording: Recording
    option: RecordingRendition
    start_ms: int
    end_ms: int
    fragment: str
    spoken: list[TranscriptLine]
    warnings: list[str]
    note: Wording
    drawn_from: int
    drawn_width: int

    @property
    def record_url(self) -> str:
        """The page of the record at this moment."""
        place = f"{self.recording.number}:" if self.recording.number > 1 else ""
        return f"{self.line.url}#{place}{self.fragment}"


@dataclass(frozen=True, slots=True)
class HeardSound:
    """A recording in its lightest rendition to hear, with its words."""

    line: RecordLine
    recording: Recording
    option: RecordingRendition
    transcripts: list[Transcript]
    warnings: list[str]
    note: Wording


def film(value: Any, records: ReadableRecords) -> PlayedPart | None:
    """The part of a film that a block names; None where the reader may not have it, or it has no film."""
    record, recording = _recording(value, records)
    option = next((option for option in recording.renditions if option.is_film), None) if recording else None
    if record is None or recording is None or option is None:
        return None
    whole = recording.duration_ms or 0
    start = milliseconds(value.get("start"))
    end = milliseconds(value.get("end")) or whole
    fragment = f"t={start / 1000:g},{end / 1000:g}" if end > start else f"t={start / 1000:g}"
    lines = recording.transcripts[0].lines if recording.transcripts else []
    return PlayedPart(
        line=records.line(record),
        recording=recording,
        option=option,
        start_ms=start,
        end_ms=end,
        fragment=fragment,
        spoken=[_without_anchor(line) for line in lines if line.end_ms > start and line.start_ms < (end or line.end_ms)],
        warnings=[term.label for term in record.warnings.all()],
        note=words(value, "note"),
        drawn_from=round(start * WIDTH / whole) if whole else 0,
        drawn_width=max(4, round((end - start) * WIDTH / whole)) if whole else WIDTH,
    )


def sound(value: Any, records: ReadableRecords) -> HeardSound | None:
    """The recording that a block names, to hear; None where the reader may not have it, or nothing can be heard."""
    record, recording = _recording(value, records)
    option = next((option for option in recording.renditions if not option.is_film), None) if recording else None
    if record is None or recording is None or option is None:
        return None
    return HeardSound(
        line=records.line(record),
        recording=recording,
        option=option,
        transcripts=[replace(each, lines=[_without_anchor(line) for line in each.lines]) for each in recording.transcripts],
        warnings=[term.label for term in record.warnings.all()],
        note=words(value, "note"),
    )


def milliseconds(moment: str | None) -> int:
    """19, 0:19 or 1:02:03 as milliseconds; 0 where nothing is written."""
    seconds = 0
    for part in (moment or "0").split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000


def _recording(value: Any, records: ReadableRecords) -> tuple[Record | None, Recording | None]:
    record = records.of(value.get("record"))
    if record is None:
        return None, None
    recordings = records.files(record).recordings
    number = value.get("number") or 1
    return record, next((recording for recording in recordings if recording.number == number), None)


def _without_anchor(line: TranscriptLine) -> TranscriptLine:
    """A page may show the words of several recordings: no line has a place of its own in the address."""
    return replace(line, anchor="")
