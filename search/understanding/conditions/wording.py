"""A request as it was understood, in the words that are rightly written."""

from collections.abc import Iterator, Sequence

from ..reading import Reading
from .condition import Condition, Kind

ENGLISH_KINDS = (Kind.TYPE, Kind.MEDIA, Kind.MONTH)


def understood_words(reading: Reading, conditions: Sequence[Condition]) -> str:
    """The request with its marks restored and its peoples by their official names. An English request stays as it was typed."""
    if any(condition.kind in ENGLISH_KINDS and condition.words.isascii() and not _numbered(condition) for condition in conditions):
        return reading.typed
    return " ".join(_words(reading, {condition.core[0]: condition for condition in conditions}))


def _words(reading: Reading, by_start: dict[int, Condition]) -> Iterator[str]:
    place, repaired = 0, reading.repaired  # a repair is a guess, and is offered elsewhere
    while place < len(reading.words):
        if condition := by_start.get(place):
            yield condition.words
            place = condition.core[1]
            continue
        start, end = reading.places[place]
        same = not reading.learned or place in repaired or reading.read[place].exact == reading.words[place].exact
        yield reading.typed[start:end] if same else reading.read[place].written
        place += 1


def _numbered(condition: Condition) -> bool:
    return any(letter.isdigit() for letter in condition.words)
