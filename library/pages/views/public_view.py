"""What every public page has in common: reading only, no write lock, the viewer's rights, pages of a list that exist."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.access import Viewer
from library.records.access.files import viewer_of

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """Marks a view as reading only: GET and HEAD, and outside ATOMIC_REQUESTS, which on SQLite would lock the database."""
    return transaction.non_atomic_requests(require_safe(view))


def request_viewer(request: HttpRequest) -> Viewer:
    """The viewer (identity and rights) behind the request."""
    return viewer_of(request.user)


def page_of(items: Any, request: HttpRequest, size: int) -> Page:
    """The page of a list that the request names in ``trang``; 404 for a page that is not there."""
    try:
        return Paginator(items, size).page(request.GET.get("trang", 1))
    except (PageNotAnInteger, EmptyPage) as error:
        raise Http404(_("Danh sách không có trang này.")) from error
