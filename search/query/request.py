"""What a reader asks for, as one value. How it is written in an address: forms.py; what is made of it: asking/find.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .plan import Box, DateRange, Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search by a reader. ``facets`` hold the selected values by the facet's name in the index."""

    text: str = ""
    phrase: str = ""  # words that must stand side by side
    near: tuple[str, str, int] | None = None  # two phrases, and how many other words may stand between
    collection: str = ""  # identifier of the collection to search in
    people: str = ""  # who made, sang, told or spoke it
    inside: bool = False  # in recordings and on pages only
    box: Box | None = None  # piece of the map
    cells: int = 0  # zoom of the map tiles to count
    excluded: str = ""  # words that must not occur
    fields: tuple[str, ...] = ()  # where the words must stand; empty: anywhere
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: DateRange | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int  # results of a page; library.pages.paging.PAGE_SIZE on the site

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.size

    @property
    def narrowed(self) -> bool:
        """Whether anything but words was asked for."""
        conditions = (self.facets, self.dates, self.excluded, self.fields, self.people, self.near, self.box, self.inside, self.collection)
        return any(conditions)

    @property
    def words(self) -> str:
        """All words of the search as one query: the phrase between quotation marks, the two near phrases as they are."""
        near = self.near[:2] if self.near else ()
        return " ".join(filter(None, (self.text, f'"{self.phrase}"' if self.phrase else "", *near)))
