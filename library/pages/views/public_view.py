"""What every public page has in common: reading only, no write lock, the viewer's rights."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
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
