"""Keeps the secrets of second factors unreadable for who sees the database alone: they are encrypted with the SECRET_KEY of the site."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PURPOSE = b"second factor\0"


def encrypt(text: str) -> str:
    """The text, readable again only with SECRET_KEY or one of SECRET_KEY_FALLBACKS."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """The reverse of ``encrypt``. Raises cryptography's InvalidToken when the key was changed without a fallback."""
    return _keys().decrypt(encrypted.encode()).decode()


def _keys() -> MultiFernet:
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + secret.encode()).digest())) for secret in secrets])
