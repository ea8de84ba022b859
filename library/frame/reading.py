"""Reading in the admin takes no lock: on SQLite the transaction of a request locks the database against all others, readers too."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")


def reading_takes_no_lock(view: View) -> View:
    """The view with one transaction for each request that changes something (ATOMIC_REQUESTS), and none for one that reads.

    A view that chose for itself stays as it is.
    """
    if getattr(view, "_non_atomic_requests", None):
        return view
    changing = transaction.atomic(view)

    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return (view if request.method in READING else changing)(request, *args, **kwargs)

    return transaction.non_atomic_requests(answer)
