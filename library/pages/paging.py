"""Pages of a list: how many lines one has, and which one a request names."""

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

PAGE_SIZE = 24  # records


def page_of(items: Any, request: HttpRequest) -> Page:
    """The page of a list that the request names in ``trang``; 404 for a page that is not there."""
    try:
        return Paginator(items, PAGE_SIZE).page(request.GET.get("trang", 1))
    except (PageNotAnInteger, EmptyPage) as error:
        raise Http404(_("Danh sách không có trang này.")) from error
