"""Refuses what is over a limit: 429 for a client that asks too often, 503 while too many run at once; both say when to come again."""

import logging
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from .counts import count_request, seconds_left
from .file_locks import FileLock
from .table import Limit, limits, name_of
from .turns import take_turn

logger = logging.getLogger(__name__)
TOO_MANY, BUSY = 429, 503
COME_AGAIN = 5  # seconds, after 503
A_MINUTE = 60
FOR_SCRIPTS = {"search-suggest", "search-values"}  # their answers are JSON


class RequestLimitMiddleware:
    """Asks the table before the view runs. The turn ends when the answer is made, not when a slow reader has taken it away: views in the
    table make their answers whole.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.turn = None  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            turn: FileLock | None = request.turn  # type: ignore[attr-defined]
            if turn is not None:
                turn.release()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The refusal, or None where the request may go on."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        limit = limits(settings.REQUEST_LIMITS).get(name)
        if limit is None:
            return None
        try:
            return self._refused(request, name, limit)
        except OSError as error:  # a full or broken disk holds no counts: readers are served all the same
            logger.error("The limit of %s is not held: %s", name, error)
            return None

    def _refused(self, request: HttpRequest, name: str, limit: Limit) -> HttpResponse | None:
        if limit.a_minute and count_request(f"{name_of(limit)} {client_of(request)}") > limit.a_minute:
            return _refusal(request, name, TOO_MANY, seconds_left())
        if not self._may_run(request, limit):
            return _refusal(request, name, BUSY, COME_AGAIN)
        return None

    @staticmethod
    def _may_run(request: HttpRequest, limit: Limit) -> bool:
        if not limit.at_once:
            return True
        turn = take_turn(settings.REQUEST_LIMITS_DIR, name_of(limit), limit.at_once, limit.wait)
        request.turn = turn  # type: ignore[attr-defined]
        return turn is not None


def client_of(request: HttpRequest) -> str:
    """Who asks: the address; of IPv6 the network of one customer, for every machine has as many addresses as it wants."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ip_address(address)
    except ValueError:
        return str(address)
    return parsed.exploded[:19] if parsed.version == 6 else address


def _refusal(request: HttpRequest, name: str, status: int, seconds: int) -> HttpResponse:
    if name in FOR_SCRIPTS:
        answer: HttpResponse = JsonResponse({"retry_after": seconds}, status=status)
    else:
        answer = render(request, "429.html", {"busy": status == BUSY, "seconds": seconds}, status=status)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # Django would log each as an error: a flood of requests, a flood of lines
    return answer


def too_often(request: HttpRequest) -> HttpResponse:
    """handler429 of the site: django-allauth calls it for its own limits, which are told by the minute."""
    return _refusal(request, "", TOO_MANY, A_MINUTE)
