"""Which answers a browser may keep for times without a network: pages that anybody gets who asks, and nothing of anybody's own.

A script cannot see cookies in an answer, so the server says it: the header ``Offline-Copy`` is on every page that may be kept.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

MARK, ALLOWED = "Offline-Copy", "allowed"
OWN = ("private", "no-store")  # words of Cache-Control


class OfflineCopyMiddleware:
    """Marks the pages that may be kept. Stands outside of whatever sets cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if may_be_kept(request, response):
            response.headers[MARK] = ALLOWED
        return response


class PageVersionMiddleware:
    """Gives such a page an ETag, so that a browser which holds it asks whether it is still the same for a few bytes.

    Stands inside of what packs pages, since packing adds random bytes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not (isinstance(response, HttpResponse) and may_be_kept(request, response)):
            return response
        version = f'W/"{hashlib.sha256(response.content).hexdigest()[:16]}"'
        response.headers["ETag"] = version
        return get_conditional_response(request, etag=version, response=response) or response


def asked_by_anybody(request: HttpRequest) -> bool:
    """Whether the request carries no session."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer is a whole page as everybody gets it."""
    caching = response.get("Cache-Control", "")
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not request.path.startswith(settings.ADMIN_PREFIX)
        and asked_by_anybody(request)
        and not response.cookies
        and not any(word in caching for word in OWN)
    )
