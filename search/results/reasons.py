"""Why a record was found, told from what the page shows of it; the same whichever engine found it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..analysis import Keys, glue_key, keys_of
from ..understanding import Reading


class Why(StrEnum):
    """Kinds of agreement between a query and a record, the closest first."""

    EXACT = "exact"
    TONES = "tones"  # the letters agree, the tones do not
    MARKS = "marks"  # only the bare letters agree
    TOGETHER = "together"  # written together or apart
    NAME = "name"  # another name of a people
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``detail`` is the official name or the repaired word."""

    why: Why
    detail: str = ""


def reasons(reading: Reading, texts: Iterable[str]) -> tuple[Reason, ...]:
    """The reasons for a hit, by what is read in the texts that the page shows of it."""
    shown = [keys_of(text) for text in texts]
    words = [word for text in shown for word in text]
    return tuple(dict.fromkeys([*_word_reasons(reading, words), *_other_reasons(reading, shown, words)]))


def _word_reasons(reading: Reading, words: list[Keys]) -> Iterator[Reason]:
    """One word stands for the query: the closest agreement that every met word reaches."""
    exact, notone, fold = ({getattr(word, tier) for word in words} for tier in ("exact", "notone", "fold"))
    met = [word for word in reading.words if not word.clusters and word.fold in fold]
    levels = [Why.EXACT if word.exact in exact else Why.TONES if word.notone in notone else Why.MARKS for word in met]
    if levels:
        yield Reason(max(levels, key=list(Why).index))
    clusters = {cluster for word in words for cluster in word.clusters}
    if any(set(word.clusters) & clusters for word in reading.words):
        yield Reason(Why.EXACT)


def _other_reasons(reading: Reading, shown: list[list[Keys]], words: list[Keys]) -> Iterator[Reason]:
    folds = {word.fold for word in words}
    for span in reading.glued:
        if any(_has_glued(text, span.key, span.end - span.start) for text in shown):
            yield Reason(Why.TOGETHER)
    for hit in reading.names:
        for owner in hit.owners if hit.expands else ():
            if {key.fold for key in keys_of(owner.official)} <= folds:
                yield Reason(Why.NAME, owner.official)
    for word in reading.repaired.values():
        if word.fold in folds:
            yield Reason(Why.REPAIRED, word.written)


def _has_glued(text: list[Keys], key: str, length: int) -> bool:
    """Whether the text writes the key in another number of words than the query did."""
    spans = (text[start : start + size] for size in range(1, 5) if size != length for start in range(len(text) - size + 1))
    return any(glue_key(span) == key for span in spans)
