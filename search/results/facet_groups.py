"""The facets of a page of results, each with its values and their counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

from library.language.collation import vietnamese_order

from ..asking.find import SearchResult
from ..facets import Facet, offered_facets
from ..request import SearchRequest
from .addresses import Address

MOST_VALUES = {"groups": 60, "places": 40}  # of one facet on a page: all 54 peoples and 34 provinces fit
MOST_OTHER_VALUES = 20
MOST_LABELLED = 200  # of the values counted; a large collection has thousands of practices, and a page shows twenty
LIMITS = {"size"}  # facets whose values are limits: read from small to large, not by count


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet. ``removal_url`` is the search without it; empty for a value that is not selected."""

    value: str
    label: str
    count: int
    selected: bool
    removal_url: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet with its values: selected ones first, even with a count of 0, then by count; limits from small to large."""

    name: str
    param: str
    label: str
    values: tuple[FacetValue, ...]
    has_more: bool  # there are more values than these


def facet_groups(result: SearchResult, request: SearchRequest, address: Address) -> Iterator[FacetGroup]:
    """The facets of the core and of the selected types. A facet whose only value all results share is left out."""
    for facet in offered_facets(request.facets.get("type", ())):
        selected = request.facets.get(facet.name, ())
        values = _values(facet, result, selected, address)
        says_nothing = len(values) == 1 and values[0].count == result.total and not selected
        if values and not says_nothing:
            most = MOST_VALUES.get(facet.name, MOST_OTHER_VALUES)
            yield FacetGroup(
                name=facet.name,
                param=facet.param,
                label=str(facet.label),
                values=tuple(values[:most]),
                has_more=len(values) > most,
            )


def _values(facet: Facet, result: SearchResult, selected: tuple[str, ...], address: Address) -> list[FacetValue]:
    counts = result.facets.get(facet.name, {})
    commonest = nsmallest(MOST_LABELLED, counts, key=lambda value: (-counts[value], value)) if len(counts) > MOST_LABELLED else list(counts)
    labels = facet.labels([*commonest, *selected])
    values = [
        FacetValue(
            value,
            labels[value],
            counts.get(value, 0),
            value in selected,
            address.without_value(facet.param, value) if value in selected else "",
        )
        for value in dict.fromkeys([*selected, *commonest])
        if value in labels
    ]
    if facet.name in LIMITS:
        return sorted(values, key=lambda value: int(value.value))
    return sorted(values, key=lambda value: (not value.selected, -value.count, vietnamese_order(value.label)))
