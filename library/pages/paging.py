"""Pages of a list: how many lines one has, and which one a request names.

Pages reach as far as ``DEEPEST`` lines: to skip more, the database would have to read more. What stands further on is found by
narrowing the list, by searching, and in the sitemap.
"""

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

PAGE_SIZE = 24  # lines
DEEPEST = 10_000  # lines


class ListPaginator(Paginator):
    """Pages of a list whose total may be known beforehand; where it is not, at most ``deepest`` lines and one are counted.

    ``deepest``: how many lines the pages reach.
    """

    def __init__(self, items: Any, size: int, total: int | None = None, deepest: int | None = None) -> None:
        super().__init__(items, size)
        self._total = total
        self.deepest = DEEPEST if deepest is None else deepest

    @cached_property
    def count(self) -> int:
        """The number of lines; ``deepest`` + 1 where there are more and nobody knows how many."""
        if self._total is not None:
            return self._total
        if isinstance(self.object_list, QuerySet):
            return self.object_list[: self.deepest + 1].count()
        return len(self.object_list)

    @cached_property
    def num_pages(self) -> int:
        """The number of pages that can be opened."""
        return max(1, -(-min(self.count, self.deepest) // self.per_page))

    @property
    def more(self) -> bool:
        """Whether there are more lines than were counted."""
        return self._total is None and self.count > self.deepest

    @property
    def cut(self) -> bool:
        """Whether there are lines that no page reaches."""
        return self.count > self.deepest

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(self.object_list[first : first + self.per_page], number, self)


def page_of(items: Any, request: HttpRequest, size: int = PAGE_SIZE, total: int | None = None) -> Page:
    """The page of a list that the request names in ``trang``; 404 for a page that is not there."""
    try:
        return ListPaginator(items, size, total).page(request.GET.get("trang", 1))
    except (PageNotAnInteger, EmptyPage) as error:
        raise Http404(_("Danh sách không có trang này.")) from error


def page_number(request: HttpRequest) -> int:
    """The number of the page that a request names, at least 1; whether there is such a page is not asked."""
    number = request.GET.get("trang", "1")
    return max(1, int(number[:6])) if number.isascii() and number.isdigit() else 1
