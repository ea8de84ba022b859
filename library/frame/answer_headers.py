"""Headers of every answer: who may keep it, what the page may ask of the device, and the Content-Security-Policy of the admin."""

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

NOT_KEPT = "private, no-store"
GONE = 410  # browsers keep this answer for ever unless they are told to ask again, and what is withdrawn can be restored
POLICY = "Content-Security-Policy"
IN_NO_FRAME, IN_OWN_FRAME = "frame-ancestors 'none'", "frame-ancestors 'self'"


class AnswerHeadersMiddleware:
    """Sets what the view has not set. An answer to somebody who has signed in is kept by no cache and by no browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", NOT_KEPT)
        if response.status_code == GONE:
            response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if request.path.startswith(settings.ADMIN_PREFIX):
            policy = response.headers.get(POLICY) or build_policy(settings.ADMIN_CONTENT_SECURITY_POLICY)
            response.headers[POLICY] = policy.replace(IN_NO_FRAME, IN_OWN_FRAME)  # a preview is a public page in a frame of the admin
        return response
