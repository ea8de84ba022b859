"""Why a record was found, where that is not obvious, worked out from the words that the page shows of it. The same for every engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..analysis import Keys, glue_key, keys_of
from ..understanding import Mode, Reading


class Why(StrEnum):
    """Kinds of agreement between a query and a record, the closest first."""

    EXACT = "exact"  # always obvious, so it is never said
    TONES = "tones"  # the letters agree, the tones do not
    MARKS = "marks"  # only the bare letters agree
    TOGETHER = "together"  # written together or apart
    NAME = "name"  # another name of a people
    REPAIRED = "repaired"
    SYNONYM = "synonym"
    PINNED = "pinned"  # curators chose it for the question


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``detail`` is the official name, the repaired word or the synonym."""

    why: Why
    detail: str = ""


# What a reader expects who typed so many marks: who types none knows that the marks differ.
OBVIOUS = {
    Mode.FULL: {Why.EXACT},
    Mode.NOTONE: {Why.EXACT, Why.TONES},
    Mode.NONE: {Why.EXACT, Why.TONES, Why.MARKS},
    Mode.PARTIAL: {Why.EXACT, Why.TONES, Why.MARKS},
}


def reasons(reading: Reading, texts: Sequence[Sequence[Keys]]) -> tuple[Reason, ...]:
    """The reasons for a hit that differ from the obvious. ``texts`` are the words of each text that the page shows of it."""
    words = [word for text in texts for word in text]
    return tuple(dict.fromkeys([*_word_reasons(reading, words), *_other_reasons(reading, texts, words)]))


def _word_reasons(reading: Reading, words: list[Keys]) -> Iterator[Reason]:
    """One reason for all words of the query, if it is not obvious: the closest agreement that every word found in the texts reaches."""
    exact, notone, fold = ({getattr(word, tier) for word in words} for tier in ("exact", "notone", "fold"))
    matches = [word for word in reading.words if not word.clusters and word.fold in fold]
    levels = [Why.EXACT if word.exact in exact else Why.TONES if word.notone in notone else Why.MARKS for word in matches]
    farthest = max(levels, key=list(Why).index, default=Why.EXACT)
    if farthest not in OBVIOUS[reading.mode]:
        yield Reason(farthest)


def _other_reasons(reading: Reading, texts: Sequence[Sequence[Keys]], words: list[Keys]) -> Iterator[Reason]:
    folds = {word.fold for word in words}
    for span in reading.glued:
        if any(_has_glued(text, span.key, span.end - span.start) for text in texts):
            yield Reason(Why.TOGETHER)
    for hit in reading.names:
        for owner in hit.owners if hit.expands else ():
            if {key.fold for key in keys_of(owner.official)} <= folds:
                yield Reason(Why.NAME, owner.official)
    for word in reading.repaired.values():
        if word.fold in folds:
            yield Reason(Why.REPAIRED, word.written)
    for other in (other for same in reading.synonyms for other in same.others if other.display):
        if {key.fold for key in other.words} <= folds:
            yield Reason(Why.SYNONYM, other.written)


def _has_glued(text: Sequence[Keys], key: str, length: int) -> bool:
    """Whether the text writes the key in another number of words than the query did."""
    spans = (text[start : start + size] for size in range(1, 5) if size != length for start in range(len(text) - size + 1))
    return any(glue_key(span) == key for span in spans)
