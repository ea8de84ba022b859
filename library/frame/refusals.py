"""Pages for requests that are refused before a view runs: what cannot be read, what is too large, a form without its key."""

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: 413 where the request is too large, else 400."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    return render(request, f"{status}.html", {"back": way_back(request)}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened before the last login, or without cookies (setting CSRF_FAILURE_VIEW). A script gets the code ``csrf``."""
    if not request.accepts("text/html"):
        words = _("Biểu mẫu này đã cũ")
        return JsonResponse({"success": False, "error_code": "csrf", "error_message": words}, status=403)
    return render(request, "403_csrf.html", {"back": way_back(request)}, status=403)


def way_back(request: HttpRequest) -> str:
    """The page of ours that sent the form; empty where the browser does not say."""
    origin = urlsplit(request.META.get("HTTP_REFERER", ""))
    if origin.scheme not in {"http", "https"} or origin.netloc != request.META.get("HTTP_HOST"):
        return ""
    return origin.path + (f"?{origin.query}" if origin.query else "")
