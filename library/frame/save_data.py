"""Whether a reader wants to save data: asked by the browser (request header Save-Data, WICG Save Data API) or by our own toggle.

The toggle sets a cookie of one character, with nothing about the reader. Pages read ``request.saves_data``.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE, ON, OFF = "tiet-kiem", "1", "0"
YEAR = 365 * 24 * 3600


class SaveDataMiddleware:
    """Sets ``request.saves_data``, and marks pages as depending on header and cookie, for caches. The toggle counts before the header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.saves_data = wants_to_save(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Save-Data", "Cookie"))
        return response


def wants_to_save(request: HttpRequest) -> bool:
    """The reader's choice by the toggle, else what the browser asks for."""
    choice = request.COOKIES.get(COOKIE)
    return choice == ON if choice in {ON, OFF} else request.headers.get("Save-Data", "").lower() == "on"


@csrf_exempt  # changes only how much data this browser's next pages use; a token would need a session on every page
@require_POST
def toggle(request: HttpRequest) -> HttpResponse:
    """Turns data saving on or off for this browser, and redirects back to the page."""
    back = request.POST.get("ve", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if safe else "/", status=303)
    value = ON if request.POST.get("bat") == ON else OFF
    answer.set_cookie(COOKIE, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return answer
