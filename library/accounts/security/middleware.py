"""What every request of somebody who has signed in passes: when the session was last used, and whether a second factor is missing."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from .required import MISSING, has_one

SEEN_EVERY = 300  # seconds between two writings of when a session was used
AGENT_LENGTH = 200  # letters, as the column of django-allauth has them
#: The names of the addresses that are open while a second factor is missing.
OPEN_NAMES = frozenset(
    {
        "security",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_reauthenticate",
        "account_reauthenticate",
        "sign-out",
        "sign-in-again",
        "wagtailadmin_logout",
    }
)


class LastSeenMiddleware:
    """Notes every five minutes that somebody works in a session, and from where. Reading takes no lock of the database: it is not noted.

    A session that began before there was a list, or has a new key, is listed now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.method == "POST" and request.user.is_authenticated and cache.add(f"seen-{key}", True, SEEN_EVERY):
            seen = {"last_seen_at": timezone.now(), "user_agent": request.headers.get("User-Agent", "")[:AGENT_LENGTH]}
            if request.META.get("REMOTE_ADDR"):
                seen["ip"] = request.META["REMOTE_ADDR"]
            if not UserSession.objects.filter(session_key=key, user=request.user).update(**seen):
                UserSession.objects.create_from_request(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads who must set up a second factor there; until then nothing else of the site is open to the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Every address but those of the set-up and of signing out."""
        if not request.session.session_key:  # a reader: looking into the session would keep the page out of shared caches
            return None
        if not request.session.get(MISSING) or not request.user.is_authenticated:
            return None
        if has_one(request.user):  # set up in this session, or in another one
            del request.session[MISSING]
            return None
        if request.resolver_match is None or request.resolver_match.url_name in OPEN_NAMES:
            return None
        if not request.accepts("text/html"):
            words = _("Hãy đặt xác thực hai bước trước, rồi làm tiếp.")
            return JsonResponse({"success": False, "error_code": "second_factor", "error_message": words}, status=403)
        return redirect("security")
