"""Addresses of a search with one thing changed: what facets, sorts and page numbers link to."""

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

    def toggled(self, name: str, value: str) -> str:
        """With one more value of a facet, or one less."""
        changed = self._copy()
        values = changed.getlist(name)
        changed.setlist(name, [kept for kept in values if kept != value] if value in values else [*values, value])
        return self._url(changed)

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
