"""Answers to the scripts of the admin when nobody is signed in any more, or somebody else is. People get pages, scripts get JSON."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from library.frame.refusals import way_back

OPENED_BY = "opened_by"  # field of a form: the key of the person who opened it; the script of the form adds it


class EndedSessionMiddleware:
    """Stands after the authentication.

    A script that is sent to the sign-in gets 401 and the code ``signed_out``. A form that one person opened and that another person's
    session sends is refused with 409 and the code ``other_person``: nothing is stored under a wrong name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _asks_for_json(request) and response.status_code == 302 and response.headers["Location"].startswith(_sign_in_address()):
            return _refusal("signed_out", _("Phiên đăng nhập đã hết."), 401)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuses the form of another person."""
        if request.method != "POST" or not request.path_info.startswith(settings.ADMIN_PREFIX) or not request.user.is_authenticated:
            return None
        if request.POST.get(OPENED_BY, "") in {"", str(request.user.pk)}:
            return None
        if _asks_for_json(request):
            return _refusal("other_person", _("Trình duyệt đang đăng nhập bằng tài khoản khác."), 409)
        return render(request, "409.html", {"back": way_back(request)}, status=409)


def _asks_for_json(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.ADMIN_PREFIX) and not request.accepts("text/html")


def _sign_in_address() -> str:
    return reverse("wagtailadmin_login")


def _refusal(code: str, words: str, status: int) -> JsonResponse:
    """In the form of Wagtail's own refusals, which its script reads."""
    return JsonResponse({"success": False, "error_code": code, "error_message": words}, status=status)
