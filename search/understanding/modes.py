"""The mode of a query, read from its own marks; everything that depends on the mode is a table elsewhere."""

from collections.abc import Sequence
from enum import StrEnum

from search.analysis import Keys

PARTIAL_ABOVE = 0.45  # share of unmarked words


class Mode(StrEnum):
    """How much of their marks the reader typed."""

    FULL = "full"
    NONE = "none"
    NOTONE = "notone"
    PARTIAL = "partial"


def mode_of(words: Sequence[Keys]) -> Mode:
    """The mode of a query. Words of scripts without spaces play no part in it, and numbers do not count as unmarked."""
    spaced = [word for word in words if not word.clusters]
    if not any(word.marked for word in spaced):
        return Mode.NONE
    if not any(word.toned for word in spaced):
        return Mode.NOTONE
    counted = [word for word in spaced if not word.number]
    unmarked = sum(not word.marked for word in counted)
    return Mode.PARTIAL if unmarked / len(counted) > PARTIAL_ABOVE else Mode.FULL
