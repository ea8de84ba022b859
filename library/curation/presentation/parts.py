"""What one block of a story shows; a table from the name of a block to the function that reads it.

A block that rests on a record which the reader may not see shows nothing: neither title nor picture nor the words written about it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from library.presentation.lists.lines import RecordLine
from library.presentation.media.files import Image
from library.presentation.wording import Wording, foreign, in_reader_language
from library.presentation.words.records import RecordedWord, recorded_word

from .languages import Passage, passage, words
from .places import places_map
from .readable import ReadableRecords
from .recordings import film, sound


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record with what is written about it; ``warnings`` stand before its picture."""

    line: RecordLine
    summary: Wording
    note: Wording
    image: Image | None
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class GalleryImage:
    """One picture and the record it is of."""

    image: Image
    line: RecordLine
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a timeline."""

    when: Wording
    what: Wording
    line: RecordLine | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of somebody, with a translation where the reader needs one."""

    words: Wording
    translation: Wording
    who: Wording
    line: RecordLine | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side."""

    sides: list[ShownRecord]
    text: Passage | None


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the dictionary."""

    word: RecordedWord
    note: Wording


def _text(value: Any, records: ReadableRecords) -> Passage | None:
    return passage(value, "text")


def _record(value: Any, records: ReadableRecords) -> ShownRecord | None:
    return shown_record(value, records, "record", "note")


def shown_record(value: Any, records: ReadableRecords, part: str, note: str) -> ShownRecord | None:
    """The record in one part of a block."""
    record = records.of(value.get(part))
    if record is None:
        return None
    pictured = [image for image in records.files(record).images if image.picture]
    return ShownRecord(
        line=records.line(record),
        summary=in_reader_language(record.summary_vi, record.summary_en),
        note=words(value, note),
        image=pictured[0] if pictured else None,
        warnings=[term.label for term in record.warnings.all()],
    )


def _gallery(value: Any, records: ReadableRecords) -> list[GalleryImage]:
    return [
        GalleryImage(image, records.line(record), [term.label for term in record.warnings.all()])
        for record in records.all_of(value.get("records") or [])
        for image in records.files(record).images
        if image.picture
    ]


def _timeline(value: Any, records: ReadableRecords) -> list[Moment]:
    moments = [(moment, records.of(moment.get("record"))) for moment in value.get("moments") or []]
    return [
        Moment(words(moment, "when"), words(moment, "what"), records.line(record) if record else None)
        for moment, record in moments
        if record is not None or moment.get("record") is None
    ]


def _quotation(value: Any, records: ReadableRecords) -> Quotation | None:
    record = records.of(value.get("record"))
    if record is None and value.get("record") is not None:
        return None
    original = foreign(value.get("words") or "", value.get("language") or "vi")
    translation = words(value, "translation") if original.language else Wording("")
    return Quotation(original, translation, words(value, "who"), records.line(record) if record else None)


def _comparison(value: Any, records: ReadableRecords) -> Comparison | None:
    sides = [shown_record(value, records, side, f"{side}_note") for side in ("first", "second")]
    both = [side for side in sides if side is not None]
    return Comparison(both, passage(value, "text")) if len(both) == len(sides) else None


def _word(value: Any, records: ReadableRecords) -> Word | None:
    record = records.of(value.get("record"))
    entry = recorded_word(record) if record is not None else None
    return Word(entry, words(value, "note")) if entry else None


def _invitation(value: Any, records: ReadableRecords) -> Passage | None:
    return passage(value, "text")


PARTS: Mapping[str, Callable[[Any, ReadableRecords], Any]] = {
    "text": _text,
    "record": _record,
    "gallery": _gallery,
    "film": film,
    "sound": sound,
    "map": places_map,
    "timeline": _timeline,
    "quotation": _quotation,
    "comparison": _comparison,
    "word": _word,
    "invitation": _invitation,
}
