"""The way to a record by chance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from ..queries.any_record import any_record as chosen_by_chance
from .public_view import public_page, request_viewer


@public_page
def any_record(request: HttpRequest) -> HttpResponse:
    """Leads to another record each time, to the list while there is none; nobody keeps the answer, and search engines leave it out."""
    answer = redirect(chosen_by_chance(request_viewer(request)) or "records")
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex"
    return answer
