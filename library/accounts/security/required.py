"""Which people must have a second factor, and who has one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from ..roles import role_of

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none
MISSING = "second_factor_missing"  # key of a session: the person has to set one up before anything else


def must_have_one(person: Any) -> bool:
    """Whether the role of the person asks for a second factor (setting SECOND_FACTOR_ROLES)."""
    roles = settings.SECOND_FACTOR_ROLES
    if not roles:
        return False
    code = "administrator" if person.is_superuser else getattr(role_of(person), "code", "")
    return code in roles


def has_one(person: Any) -> bool:
    """Whether the person has an app for codes or a passkey."""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def lacks_one(person: Any) -> bool:
    """Whether the person must set one up now."""
    return must_have_one(person) and not has_one(person)
