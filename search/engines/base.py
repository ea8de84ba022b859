"""The interface of both engines, and the values that cross it. It knows no engine, no record and no request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from search.access import AccessFilter
from search.analysis import PAIR_TIERS, WORD_TIERS, Keys, keys_of, keys_of_recurring
from search.query.plan import Plan
from search.semantic.vectors import Vector

_WORDS_AND_PAIRS = (*WORD_TIERS, *PAIR_TIERS)
_NAMING = (*_WORDS_AND_PAIRS, "prefix", "prefix_exact", "glue")
# The text fields of a record's document and the tiers each is kept in (search design, 5.3).
RECORD_TIERS: Mapping[str, tuple[str, ...]] = {
    "title": _NAMING,
    "names": _NAMING,
    "body": _WORDS_AND_PAIRS,
    "fulltext": ("exact", "fold", "exact2", "fold2"),
    "people": ("exact", "fold", "exact2", "fold2"),
}
SCHEMA = 3  # of the fields above and below; an index of another number is rebuilt
# A passage inside a record: a page, a caption, a verse (5.4).
PASSAGE_TIERS: Mapping[str, tuple[str, ...]] = {"body": _WORDS_AND_PAIRS}
# Texts of so many characters or fewer stand in many records, such as names, labels of terms, places: each is read once and kept.
LONGEST_RECURRING: Mapping[str, int] = {"title": 0, "names": 40, "body": 40, "fulltext": 0, "people": 40}
SHOWN_FIELDS = ("title", "names", "body")  # kept with the document, so that snippets can be shown
DEEPEST = 1_000  # hits that paging reaches
MOST_INSIDE = 10_000  # records that a search inside recordings and pages reaches
MOST_CELLS = 10_000
WALKED_AT_ONCE = 1_000  # ids


class EngineUnavailable(Exception):
    """The engine cannot answer or take writes now; what was asked for may be asked again later."""


class IndexOutdated(Exception):
    """The index was built for other facets than are declared now, or by an earlier version of this site; it must be rebuilt."""


@dataclass(frozen=True, slots=True)
class PassageDocument:
    """One page, caption or verse of a record, with its own access tokens."""

    key: str  # unique among the record's passages
    kind: str
    position: int
    texts: tuple[str, ...]
    locator: Mapping[str, Any]
    access_tokens: tuple[str, ...]


@dataclass(frozen=True)
class SearchDocument:
    """One record as an index keeps it: texts, ids of concepts and rights; never a label, never a deprecated name."""

    id: int
    texts: Mapping[str, tuple[str, ...]]  # by field of RECORD_TIERS
    access_tokens: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_from: date | None = None
    open_until: date | None = None
    first_day: int | None = None  # number of the day, before our era too, of the time it tells of; an uncertain date is a wide range
    last_day: int | None = None
    updated: str = ""  # ISO, sortable
    title_sort: str = ""  # collation key
    location: tuple[float, float] | None = None  # latitude, longitude of the public copy
    passages: tuple[PassageDocument, ...] = ()
    vector: Vector | None = None  # of title and body; none where search by meaning is off, or the text has not been read yet

    @cached_property
    def words(self) -> Mapping[str, Sequence[Sequence[Keys]]]:
        """The words of each text, by field. They are read once, for the index and for the spelling that is learned from it."""
        return {field: _words_of(field, texts) for field, texts in self.texts.items()}


def _words_of(field: str, texts: Sequence[str]) -> list[Sequence[Keys]]:
    longest = LONGEST_RECURRING[field]
    return [keys_of_recurring(text) if len(text) <= longest else keys_of(text) for text in texts]


@dataclass(frozen=True, slots=True)
class Write:
    """Bring one record's entry to a state: its document, or its absence."""

    id: int
    version: int
    document: SearchDocument | None


class Outcome(StrEnum):
    """The outcome of one write."""

    DONE = "done"
    NEWER = "newer"  # the index already held a later state
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The outcome of one write; ``error`` says why it was refused."""

    id: int
    outcome: Outcome
    error: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt of a field. Which words to mark in it decides search.query.highlighting, for both engines."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that matches."""

    id: int
    score: float
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    texts: tuple[str, ...] = ()  # of its body, where the plan asks for them
    likeness: float | None = None  # to the meaning of the plan; none where the record has no vector of its present text


@dataclass(frozen=True, slots=True)
class Passage:
    """A place inside a record that has words of the query."""

    record_id: int
    kind: str
    text: str
    locator: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of hits, how many there are in all, and the counts of the facets asked for."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    cells: Mapping[str, int] = field(default_factory=dict)  # "zoom/x/y" of a map tile → how many of the records found lie in it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title that begins like what was typed."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, and what it holds."""

    ok: bool
    documents: int
    detail: str


class Engine(Protocol):
    """What the site asks of an engine. Whatever answers a reader takes the reader's rights, without default."""

    name: str

    def ensure(self) -> None:
        """Create the index if there is none. Raises IndexOutdated if it was built for other facets."""

    def write(self, batch: Sequence[Write]) -> list[WriteResult]:
        """Apply writes, durably, to the index in use and to the one being built, if any."""

    def refresh(self) -> None:
        """Make what was written findable now."""

    def search(self, plan: Plan, access: AccessFilter) -> Answer:
        """One page of hits with facet counts."""

    def passages(self, plan: Plan, access: AccessFilter, ids: Sequence[int], per_record: int) -> dict[int, tuple[Passage, ...]]:
        """The best passages inside the records given."""

    def inside(self, plan: Plan, access: AccessFilter) -> tuple[int, ...]:
        """Ids of the records that have the words inside a recording or on a page, best passage first; at most MOST_INSIDE."""

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """Titles that begin like what was typed; the last word may be half typed."""

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after``, in order, with the version that the index holds: for reconciling."""

    def begin_rebuild(self) -> "Rebuild":
        """A new, empty index beside the one in use."""

    def health(self) -> Health:
        """What doctor and the health page show."""


class Rebuild(Protocol):
    """An index being built. The one in use answers until ``activate``; ``abandon`` does not change it."""

    def load(self, documents: Iterable[Write]) -> int:
        """Write a chunk; states that the index already holds newer are left alone. Returns how many were written."""

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """As for an engine, of the index being built."""

    def search(self, plan: Plan, access: AccessFilter) -> Answer:
        """As for an engine, of the index being built: to try it before readers meet it."""

    def activate(self) -> None:
        """Put the new index in use instead of the old one, in one step."""

    def abandon(self) -> None:
        """Delete the new index."""


def walk(index: Engine | Rebuild) -> Iterator[tuple[int, int]]:
    """All ids of an index in order, with their versions."""
    after = 0
    while page := index.ids_and_versions(after, WALKED_AT_ONCE):
        yield from page
        after = page[-1][0]
