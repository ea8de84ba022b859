"""Links of a page of results that are the same search with one thing changed: orders, page numbers, files, conditions to remove."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..request import SORT_LABELS, SORTS, SearchRequest
from .addresses import Address
from .conditions import conditions
from .export import FORMATS
from .facet_groups import FacetGroup


@dataclass(frozen=True, slots=True)
class PageLink:
    """An address with its words. ``current``: it leads to what is shown now."""

    label: str
    url: str
    current: bool = False


def sort_links(request: SearchRequest, address: Address) -> Iterator[PageLink]:
    """One link for each order of the list."""
    for code, label in SORT_LABELS.items():
        yield PageLink(str(label), address.with_value("xep", code), current=SORTS[code] is request.sort)


def export_links(address: Address) -> Iterator[PageLink]:
    """One link for each file format."""
    for code, label in FORMATS.items():
        yield PageLink(label, address.export(code))


def removal_links(request: SearchRequest, groups: Iterable[FacetGroup], address: Address) -> Iterator[PageLink]:
    """One link for each condition and each selected facet value: the search without it."""
    for words, url in conditions(request, address):
        yield PageLink(words, url)
    for group in groups:
        for value in group.values:
            if value.selected:
                yield PageLink(f"{group.label}: {value.label}", value.removal_url)
