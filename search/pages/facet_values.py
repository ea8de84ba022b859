"""Values of one facet by their beginning, for lists that are too long to print. The counts are those of the search page."""

from dataclasses import dataclass, replace

from library.access import Viewer
from library.language.collation import vietnamese_order
from media_pipeline.text.folding import fold

from ..asking.find import find
from ..facets import Facet
from ..request import SearchRequest

MOST = 20


@dataclass(frozen=True, slots=True)
class NamedCount:
    """One value as a page shows it."""

    value: str
    label: str
    count: int


def values_beginning(facet: Facet, typed: str, request: SearchRequest, viewer: Viewer) -> list[NamedCount]:
    """Values any word of whose label begins like each word typed, with or without marks; the commonest first."""
    words = fold(typed).split()
    counts = find(replace(request, page=1, size=1, cells=0), viewer).facets.get(facet.name, {})
    values = [NamedCount(value, label, counts[value]) for value, label in facet.labels(counts).items() if _begins(fold(label), words)]
    return sorted(values, key=lambda value: (-value.count, vietnamese_order(value.label)))[:MOST]


def _begins(label: str, words: list[str]) -> bool:
    parts = label.split()
    return all(any(part.startswith(word) for part in parts) for word in words)
