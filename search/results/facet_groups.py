"""The facets of a page of results, each with its values and their counts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from library.language.collation import vietnamese_order

from ..asking.find import SearchResult
from ..facets import Facet, core_names, offered_facets
from ..request import SearchRequest
from .addresses import Address

MOST_VALUES = {"groups": 60, "places": 40}  # of one facet on a page: all 54 peoples and 34 provinces fit
MOST_OTHER_VALUES = 20
FIRST_VALUES = 6  # of a facet that stand open
LABELLED = 3  # times what a page shows: a large collection has thousands of practices, and some values have no label
NARROWS = 0.95  # of what was found: a facet is of no use if each of its values holds more
MOST_OPEN = 6  # facets that a page shows before "more conditions"
# What readers narrow by first. The facets of a chosen type stand before the files.
FIRST, NEXT = ("type", "groups", "places"), ("media", "size", "checking")
LAST = {"former_units", "practice", "sources", "rights", "access"}  # long lists, or of use to few: behind "more conditions"
TIME = "date"  # counted by decades; a page draws it as bars, and lists only the decades that are selected


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
    """A facet with its values in their own order (small to large, early to late), else selected ones first, then by count."""

    name: str
    param: str
    label: str
    values: tuple[FacetValue, ...]
    has_more: bool  # there are more values than these

    @property
    def first_values(self) -> tuple[FacetValue, ...]:
        """The values that stand open."""
        return self.values[:FIRST_VALUES]

    @property
    def other_values(self) -> tuple[FacetValue, ...]:
        """The values behind a word."""
        return self.values[FIRST_VALUES:]

    @property
    def selected(self) -> bool:
        """Whether any of its values is selected."""
        return any(value.selected for value in self.values)


def facet_groups(result: SearchResult, request: SearchRequest, address: Address) -> Iterator[FacetGroup]:
    """The facets of the core and of the selected types that can narrow the search, those that most readers need first."""
    facets = offered_facets(request.facets.get("type", ()))
    for facet in sorted(facets, key=lambda facet: _place(facet, core_names())):
        selected = request.facets.get(facet.name, ())
        most = MOST_VALUES.get(facet.name, MOST_OTHER_VALUES)
        values = _values(facet, result.facets.get(facet.name, {}), selected, address, LABELLED * most)
        if selected or any(value.count <= result.total * NARROWS for value in values):
            yield FacetGroup(
                name=facet.name,
                param=facet.param,
                label=str(facet.label),
                values=tuple(values[:most]),
                has_more=len(values) > most,
            )


def _place(facet: Facet, core: Collection[str]) -> int:
    """Where a facet stands: the first ones, those of a chosen type, those of the files, the others."""
    if facet.name in FIRST:
        return FIRST.index(facet.name)
    if facet.name not in core:
        return len(FIRST)
    return len(FIRST) + 1 + (NEXT.index(facet.name) if facet.name in NEXT else len(NEXT))


def _values(facet: Facet, counts: Mapping[str, int], selected: tuple[str, ...], address: Address, most: int) -> list[FacetValue]:
    """The selected values, and the commonest of the counted ones that have a label, in the order of the facet."""
    commonest = nsmallest(most, counts, key=lambda value: (-counts[value], value)) if len(counts) > most else list(counts)
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
    if rank := facet.rank:
        values.sort(key=lambda value: rank(value.value))
        return list(_telling(values)) if facet.limits else values
    return sorted(values, key=lambda value: (not value.selected, -value.count, vietnamese_order(value.label)))


def _telling(limits: list[FacetValue]) -> Iterator[FacetValue]:
    """Limits without those that hold no more than the limit before."""
    before = 0
    for limit in limits:
        if limit.selected or limit.count > before:
            yield limit
        before = max(before, limit.count)
