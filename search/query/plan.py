"""What is asked of an engine, as engine-neutral values: clauses, coverage, filters, facets, sorting. It knows no engine and no Django."""

from dataclasses import dataclass, field
from enum import StrEnum

from ..semantic.vectors import Vector
from .weights import PIN_SCORE


class Sort(StrEnum):
    """Orders of a result list; ties always break by id, so that pages never overlap."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    DATE = "date"
    TITLE = "title"


FACET_TIER = "facet"  # of a term that is a value of the facet ``field``


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One token of one tier of one field. ``written`` is what Elasticsearch analyses to ``key`` again."""

    field: str
    tier: str
    key: str
    written: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A term that adds to the score of what has it."""

    term: QueryTerm
    weight: float


AllOf = tuple[QueryTerm, ...]
Group = tuple[AllOf, ...]  # any one of the alternatives satisfies it


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """OR inside a facet, AND between facets."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Numbers of days, both ends included; None is open."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases of folded words, each whole, that must stand in one field: either before the other, with at most ``gap`` other
    words between them."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    gap: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """Which words to mark: by exact keys, else by notone keys, in a query with full marks; by folded keys otherwise."""

    exact: frozenset[str] = frozenset()
    notone: frozenset[str] = frozenset()
    fold: frozenset[str] = frozenset()
    clusters: frozenset[tuple[str, ...]] = frozenset()
    folds: frozenset[str] = frozenset()  # of all these words: what else can never be marked
    written: tuple[str, ...] = ()  # the same words for Elasticsearch's own analysers


@dataclass(frozen=True, slots=True)
class Plan:
    """One search. The reader's rights are no part of it: every engine method requires them as an argument of their own."""

    clauses: tuple[Clause, ...] = ()
    coverage: tuple[Group, ...] = ()
    coverage_minimum: int = 0
    phrases: tuple[Group, ...] = ()  # required too, but dropped before the answer is empty
    required: tuple[Group, ...] = ()
    excluded: tuple[Group, ...] = ()
    near: Near | None = None
    apart_from: "Plan | None" = None  # what fulfils this other plan is left out
    pins: "Plan | None" = None  # what fulfils this other plan is found too, and stands first in the order of its ids
    barred: tuple[int, ...] = ()  # never these records
    ids: tuple[int, ...] | None = None  # only these records
    as_listed: bool = False  # the order of relevance is the order of ``ids``; no engine knows it
    filters: tuple[FacetFilter, ...] = ()
    dates: DateRange | None = None
    box: Box | None = None
    facets: tuple[str, ...] = ()  # to be counted
    cells: int = 0  # zoom of the map tiles to be counted; 0: none
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    size: int = 20  # hits of a page; a search of the site sets it from its request
    highlight: Highlight = field(default_factory=Highlight)
    meaning: Vector | None = None  # what the question means: each hit tells how like it it is, which neither finds nor orders anything
    snippets: bool = True  # whether each hit brings a snippet
    texts: bool = False  # whether each hit brings its texts
    ids_only: bool = False  # hits bring no text at all
    counts_of_nothing: bool = True  # whether facets are counted where nothing is found: those of a choice tell what else there is

    @property
    def pinned(self) -> tuple[int, ...]:
        """Ids of the records that stand first, in their order."""
        return (self.pins.ids or ()) if self.pins else ()

    @property
    def pin_scores(self) -> dict[int, float]:
        """The score that each pinned record gets beside that of its words: above all that words can score, the first the highest."""
        return {pk: PIN_SCORE * (len(self.pinned) - place) for place, pk in enumerate(self.pinned)}
