"""Invites people: makes a one-time code, sends it by mail or hands it over on paper, and takes it when the person sets a password."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from ..admin_language import language_of
from ..models import Invitation, User
from .people import require_managed

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, none of which is read as another
GROUPS, GROUP_LENGTH = 3, 4  # 12 signs: 60 bits


class UsedCodeError(LookupError):
    """The code is unknown, used, replaced by a newer one, or too old."""


@transaction.atomic
def invite(person: User, *, manager: Any) -> str:
    """Gives the person a new code and returns it, such as ``7KQM-3XPA-9RTC``; earlier codes stop working.

    The code is stored as a hash only. Raises PermissionDenied for a person outside the manager's scope.
    """
    require_managed(person, manager)
    Invitation.objects.filter(user=person, accepted_at=None).delete()
    code = "-".join("".join(secrets.choice(ALPHABET) for _sign in range(GROUP_LENGTH)) for _group in range(GROUPS))
    Invitation.objects.create(user=person, code_hash=_hash(code), created_by=manager)
    log(person, "accounts.invite", user=manager)
    return code


def send_invitation(person: User, code: str) -> None:
    """Mails the link to the person, in the person's language. Raises OSError (smtplib's errors among them) when it cannot be sent."""
    with override(language_of(person)):
        text = render_to_string("accounts/invitation_mail.txt", {"person": person, "link": invitation_link(code), "code": code})
        send_mail(_("Lời mời vào %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}, text, None, [person.email])


def invitation_link(code: str) -> str:
    """The address where the code is used, with the site's own name, in the language that is spoken now."""
    return settings.SITE_URL + reverse("accept-invitation", args=[code])


def open_invitation(code: str) -> Invitation:
    """The invitation of this code. Raises UsedCodeError when it cannot be used (any more)."""
    invitation = Invitation.objects.open().select_related("user").filter(code_hash=_hash(code)).first()
    if invitation is None:
        raise UsedCodeError
    return invitation


@transaction.atomic
def accept(code: str, password: str) -> User:
    """Sets the password of the invited person. A code works once, also when two people send it at the same moment."""
    invitation = open_invitation(code)
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=timezone.now()):
        raise UsedCodeError
    person = invitation.user
    person.set_password(password)
    person.save(update_fields=["password"])
    log(person, "accounts.accept_invitation", user=person)
    return person


def signs_of(typed: str) -> str:
    """The code in what was typed from paper: capitals, hyphens and spaces do not matter. Empty when no sign of a code is in it."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)


def _hash(code: str) -> str:
    return hashlib.sha256(signs_of(code).encode()).hexdigest()
