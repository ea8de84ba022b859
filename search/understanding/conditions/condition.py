"""What words of a request demand of a record, as plain values. It knows no facet, no record and no engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from search.analysis import Keys, keys_of

from ..modes import Mode
from ..names import NameAuthority, Owner


def no_units(words: Sequence[Keys], mode: Mode) -> Sequence[Owner]:
    """No units at all."""
    return ()


class Kind(StrEnum):
    """What a condition is about."""

    TYPE = "type"
    PEOPLE = "people"
    LANGUAGE = "language"
    PLACE = "place"
    MONTH = "month"
    SEASON = "season"
    COMING = "coming"
    YEAR = "year"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, by the facet's name in the index."""

    facet: str
    value: str


@dataclass(frozen=True, slots=True)
class Demand:
    """A record must have one of the values, or all of the words in its title, or all of the words anywhere."""

    values: tuple[FacetValue, ...]
    title: tuple[Keys, ...] = ()
    anywhere: tuple[Keys, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Words ``start`` … ``end`` of a request set a condition; ``core`` of them are the thing itself, the others only lead to it.

    A record must fulfil every demand. ``words`` are the core as it is rightly written: of a people its official name.
    """

    start: int
    end: int
    core: tuple[int, int]
    kind: Kind
    words: str
    demands: tuple[Demand, ...] = ()
    year: int | None = None  # the record tells of this year
    coming: bool = False  # the record is a festival that comes soon

    def covers(self, place: int) -> bool:
        """Whether a word of the request belongs to the condition."""
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that may set conditions. An owner in ``places`` has ``facet=value`` as its group, and so have those that
    ``lower_units`` finds: the communes and former districts of the name that the words are.
    """

    peoples: NameAuthority
    places: NameAuthority
    languages: NameAuthority
    parts: frozenset[tuple[str, ...]]  # folded names of parts of peoples: narrower than a people, so they stay words
    today: date
    lower_units: Callable[[Sequence[Keys], Mode], Sequence[Owner]] = no_units

    @staticmethod
    def folds(name: str) -> tuple[str, ...]:
        """The folded words of a name."""
        return tuple(word.fold for word in keys_of(name))
