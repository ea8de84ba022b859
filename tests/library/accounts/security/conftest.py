"""A reviewer whose role needs a second factor, and what an app for codes would show."""

import time
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache

from library.accounts.models import User
from tests.factories import make_user

PASSWORD = "secret-secret"


@pytest.fixture(autouse=True)
def _no_code_was_used(settings: Any) -> None:
    """A code works once, and tries are counted; both are in the cache."""
    cache.clear()
    settings.SECOND_FACTOR_ROLES = ["reviewer", "administrator"]


@pytest.fixture
def reviewer(province: Any) -> User:
    return make_user("reviewer", province, first_name="Páo", last_name="Giàng")


@pytest.fixture
def secret(reviewer: User) -> str:
    """The reviewer has set up an app and recovery codes; this is what the app knows."""
    secret = generate_totp_secret()
    TOTP.activate(reviewer, secret)
    RecoveryCodes.activate(reviewer)
    return secret


def code_of(secret: str, step: int = 0) -> str:
    """What the app shows now (``step`` 1: in half a minute)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))
