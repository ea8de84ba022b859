"""Notes the network address of each entry of the log, and forgets it after a while (setting LOG_ADDRESS_DAYS)."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ..models import LogAddress

_address: ContextVar[str] = ContextVar("address", default="")  # of the request that is answered now; empty in workers and commands


class LogAddressMiddleware:
    """Stands right after ClientAddressMiddleware, which knows the address of the person behind our web servers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _address.set(request.META.get("REMOTE_ADDR", ""))
        try:
            return self.get_response(request)
        finally:
            _address.reset(token)


def note_address(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """Stores the address beside a new entry (signal post_save of both models of the log)."""
    if created and _address.get():
        entry = {"model_entry" if sender is ModelLogEntry else "page_entry": instance}
        LogAddress.objects.create(address=_address.get(), at=instance.timestamp, **entry)


def address_of_entries(model: type[Any], keys: Sequence[int]) -> dict[int, str]:
    """Key of an entry of this model of the log → its network address, of those that have one."""
    field = "model_entry" if model is ModelLogEntry else "page_entry"
    rows = LogAddress.objects.filter(**{f"{field}__in": keys})
    return dict(rows.values_list(f"{field}_id", "address"))


def forget_old_addresses() -> None:
    """Deletes addresses of the log after LOG_ADDRESS_DAYS, and those of sessions that have ended."""
    LogAddress.objects.filter(at__lt=timezone.now() - timedelta(days=settings.LOG_ADDRESS_DAYS)).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
