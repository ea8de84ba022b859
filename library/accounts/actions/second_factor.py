"""Takes the second factor of somebody who has lost it away, so that a new one is set up at the next sign-in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from ..admin_language import language_of
from ..models import User
from .people import require_managed


@transaction.atomic
def reset_second_factor(person: User, *, manager: Any) -> None:
    """Deletes app, passkeys and recovery codes, ends all sessions of the person and tells the person by mail, where there is an address.

    Raises PermissionDenied outside the manager's scope, and for oneself: whoever holds a stolen session must not do it.
    """
    require_managed(person, manager)
    if person == manager:
        raise PermissionDenied
    Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    log(person, "accounts.reset_second_factor", user=manager)
    if person.email:
        _tell(person)


def _tell(person: User) -> None:
    with override(language_of(person)):
        text = render_to_string("accounts/security/reset_mail.txt", {"person": person, "site": settings.SITE_URL})
        send_mail(_("Xác thực hai bước của bạn đã được đặt lại"), text, None, [person.email], fail_silently=True)
