"""When logins are refused for a while: after wrong tries for one name from one address, or for many names from one address."""

from datetime import timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_failure_limit
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

NAMES_FROM_ONE_ADDRESS = 10  # an office behind one address mistypes fewer different names in an hour


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """Also stops one password that is tried with many names: the names that failed from one address are counted."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures that count against this try; as many as the limit when too many names failed from the address."""
        failures = int(super().get_failures(request, credentials))
        limit = get_failure_limit(request, credentials)
        return max(failures, limit) if _tried_names(request) >= NAMES_FROM_ONE_ADDRESS else failures


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None) -> HttpResponse:
    """The page for a login that is refused for a while (setting AXES_LOCKOUT_CALLABLE)."""
    hours = settings.AXES_COOLOFF_TIME
    answer = render(request, "accounts/locked_out.html", {"hours": hours}, status=429)
    answer["Retry-After"] = str(hours * 3600)
    return answer


def _tried_names(request: HttpRequest) -> int:
    address = getattr(request, "axes_ip_address", None)
    recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=get_cool_off_threshold(request))
    return recent.values("username").distinct().count()


def forget_old_attempts() -> None:
    """Delete what the lockout no longer needs: failed tries after a day, the log of logins after LOG_ADDRESS_DAYS."""
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(days=1)).delete()
    for model in (AccessLog, AccessFailureLog):
        model.objects.filter(attempt_time__lt=now - timedelta(days=settings.LOG_ADDRESS_DAYS)).delete()
