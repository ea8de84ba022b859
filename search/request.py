"""What a reader asks for, as one value; how it stands in an address is forms.py, what is made of it is finding.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .plan import DateRange, Sort


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search by a reader. ``facets`` hold chosen values by the facet's name in the index."""

    text: str = ""
    excluded: str = ""  # words that must not occur
    fields: tuple[str, ...] = ()  # where the words must stand; empty: anywhere
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: DateRange | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.size

    @property
    def narrowed(self) -> bool:
        """Whether anything but words was asked for."""
        return bool(self.facets or self.dates or self.excluded or self.fields)
