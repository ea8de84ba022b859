"""Addresses of a search with one thing changed: what facets, sorts and page numbers link to."""

from collections.abc import Mapping

from django.http import QueryDict
from django.urls import reverse

PAGE = "trang"


class Address:
    """Makes addresses of this search with one thing changed; every change goes back to the first page."""

    def __init__(self, parameters: QueryDict) -> None:
        self._parameters = parameters
        self._page = reverse("search")

    def with_value(self, name: str, value: str) -> str:
        """With the parameter set, or without it when the value is empty."""
        changed = self._copy()
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
        return self._url(changed)

    def with_values(self, values: Mapping[str, str]) -> str:
        """With several parameters set."""
        changed = self._copy()
        for name, value in values.items():
            changed[name] = value
        return self._url(changed)

    def without(self, *names: str) -> str:
        """Without some parameters."""
        changed = self._copy()
        for name in names:
            changed.pop(name, None)
        return self._url(changed)

    def without_value(self, name: str, value: str) -> str:
        """Without one of the values of a facet."""
        changed = self._copy()
        changed.setlist(name, [other for other in changed.getlist(name) if other != value])
        return self._url(changed)

    def export(self, format_code: str) -> str:
        """Of the file that holds everything this search finds."""
        return f"{reverse('search-export', args=[format_code])}?{self._copy().urlencode()}"

    def detailed(self) -> str:
        """Of the form that holds every condition of this search."""
        return f"{reverse('search-detailed')}?{self._copy().urlencode()}"

    def save(self) -> str:
        """Where this search is saved."""
        return f"{reverse('saved-search-save')}?{self._copy().urlencode()}"

    def with_only(self, name: str) -> str:
        """Without every parameter but one."""
        only = QueryDict(mutable=True)
        only.setlist(name, self._parameters.getlist(name))
        return self._url(only)

    def _copy(self) -> QueryDict:
        changed = self._parameters.copy()
        changed.pop(PAGE, None)
        return changed

    def _url(self, parameters: QueryDict) -> str:
        query = parameters.urlencode()
        return self._page + (f"?{query}" if query else "")
