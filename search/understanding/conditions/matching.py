"""Whether words of a reading are a phrase of a table, with the reader's own marks respected."""

from collections.abc import Iterable

from ..modes import Mode
from ..names import written_so
from ..reading import Reading
from .tables import SOUNDS, UNSURE, Phrase

LISTEN = "nghe"


def phrase_at(reading: Reading, start: int, phrases: Iterable[Phrase]) -> Phrase | None:
    """The first of the phrases that begins at a word. Without marks an unsure word counts only in its likeliest spelling."""
    return next((phrase for phrase in phrases if _is(reading, start, phrase)), None)


def phrase_before(reading: Reading, end: int, phrases: Iterable[Phrase], floor: int = 0) -> Phrase | None:
    """The first of the phrases that ends before a word and begins at ``floor`` or later."""
    return next((phrase for phrase in phrases if len(phrase) <= end - floor and _is(reading, end - len(phrase), phrase)), None)


def likeliest(reading: Reading, start: int, phrase: Phrase) -> bool:
    """Whether the likeliest spelling of the words is the phrase itself."""
    read = reading.read[start : start + len(phrase)]
    return reading.learned and all(word.exact == own.exact for word, own in zip(read, phrase, strict=True))


def _is(reading: Reading, start: int, phrase: Phrase) -> bool:
    span = reading.words[start : start + len(phrase)]
    if len(span) < len(phrase) or any(word.clusters for word in span):
        return False
    if tuple(word.fold for word in span) != tuple(word.fold for word in phrase) or not written_so(span, phrase, reading.mode):
        return False
    doubtful = len(span) == 1 and span[0].fold in UNSURE and not span[0].marked and reading.mode is not Mode.FULL
    return not doubtful or likeliest(reading, start, phrase) or (text_of(phrase) == LISTEN and bool(phrase_at(reading, start + 1, SOUNDS)))


def text_of(phrase: Phrase) -> str:
    """The phrase as it is written."""
    return " ".join(word.written for word in phrase)
