"""Writes sign-ins, refused sign-ins and changes of second factors of staff into the log. What members of communities do is not kept."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from wagtail.log_actions import log

from ..models import User

SIGN_IN, SIGN_OUT, REFUSED, LOCKED = "accounts.sign_in", "accounts.sign_out", "accounts.sign_in_refused", "accounts.locked_out"
FACTOR_ADDED, FACTOR_REMOVED, NEW_CODES = "accounts.factor_added", "accounts.factor_removed", "accounts.new_codes"


def signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Whichever page it began on."""
    if _is_staff(user):
        log(user, SIGN_IN, user=user)


def signed_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """``user`` is None when the session had ended before."""
    if user is not None and _is_staff(user):
        log(user, SIGN_OUT, user=user)


def refused(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Names that nobody has are not kept: people type passwords into the field of the name."""
    _log_for_name(credentials.get("username"), REFUSED)


def locked_out(sender: Any, username: str | None = None, **kwargs: Any) -> None:
    """The signal of django-axes; one entry each time that somebody is refused unheard."""
    _log_for_name(username, LOCKED)


def factor_added(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """An app or a passkey; recovery codes come with the first of these."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        log(user, FACTOR_ADDED, user=user, data={"kind": authenticator.type})


def factor_removed(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """By the person; a reset by a manager is an action of its own."""
    log(user, FACTOR_REMOVED, user=user, data={"kind": authenticator.type})


def codes_made(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """New recovery codes take the place of the old ones."""
    log(user, NEW_CODES, user=user)


def _log_for_name(username: Any, action: str) -> None:
    person = User.objects.filter(username=username).first() if username else None
    if person is not None and _is_staff(person):
        log(person, action)


def _is_staff(user: Any) -> bool:
    return bool(user.has_perm("wagtailadmin.access_admin"))
