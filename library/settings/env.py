"""Every environment variable the project reads, typed, once. docs/settings.md lists the same names (tested)."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlparse

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent


def _read(name: str, default: str | None = None) -> str:
    """The variable, or its default when it is missing or empty: `.env.example` has lines without a value."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. See docs/settings.md.")
    return value


def text(name: str, default: str | None = None) -> str:
    """The variable as text; without a default its absence, or an empty value, stops the start."""
    return _read(name, default)


def flag(name: str, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off, anything else is an error."""
    value = _read(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no.")


def number(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = _read(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error


def hours(name: str, default: str) -> tuple[int, int]:
    """Hours of the day such as ``22-6``: from the first, before the second, perhaps over midnight. The same twice is the whole day."""
    try:
        first, last = (int(hour) for hour in _read(name, default).split("-"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must read hour-hour, such as 22-6.") from error
    if not (0 <= first <= 24 and 0 <= last <= 24):
        raise ImproperlyConfigured(f"{name} must name hours from 0 to 24.")
    return first % 24, last % 24


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty items."""
    return [item.strip() for item in _read(name, default).split(",") if item.strip()]


def words_or_none(name: str, default: str) -> list[str]:
    """A comma-separated list; the word ``none`` is the empty one, since a variable without a value gives the default."""
    return [word for word in words(name, default) if word != "none"]


def pairs(name: str, default: str = "") -> dict[str, str]:
    """A comma-separated list of name=value."""
    parted = [item.partition("=") for item in words(name, default)]
    if any(not key.strip() or not value.strip() for key, _equals, value in parted):
        raise ImproperlyConfigured(f"{name} must read name=value,name=value.")
    return {key.strip(): value.strip() for key, _equals, value in parted}


OPENID_CONNECT = "oidc"  # the part of the callback's address that names the service


def openid_connect(server: str, client: str, secret: str, name: str) -> dict[str, object]:
    """django-allauth's SOCIALACCOUNT_PROVIDERS for one OpenID Connect service; none without a server. Stops the start when half is set."""
    if not server:
        return {}
    if not client or not secret:
        refuse("OIDC_SERVER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
    app = {
        "provider_id": OPENID_CONNECT,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def refuse(why: str) -> NoReturn:
    """Stops the start: these values do not go together."""
    raise ImproperlyConfigured(f"{why} See docs/settings.md.")


def require_package(package: str, why: str) -> None:
    """Stops the start when a setting needs an optional package that is not installed. ``why``: the setting, for the message."""
    if find_spec(package) is None:
        raise ImproperlyConfigured(f"{why} needs the package {package}: python run.py --setup server. See docs/settings.md.")


def path(name: str, default: Path) -> Path:
    """An absolute folder or file path."""
    return Path(_read(name, str(default))).expanduser().resolve()


#: What SQLite needs to serve readers beside a writer: write-ahead log, a lock taken when a transaction begins, 20 MB of cache.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000",
}


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for ``sqlite:////path`` or ``postgresql://user:password@host:port/name?sslmode=require``.

    What stands after ``?`` becomes OPTIONS. Raises ImproperlyConfigured for any other scheme.
    """
    scheme = urlparse(url).scheme
    if scheme == "sqlite":
        entry = dj_database_url.parse(url)
        return {**entry, "OPTIONS": SQLITE_OPTIONS | entry.get("OPTIONS", {})}
    if scheme in {"postgres", "postgresql"}:
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    raise ImproperlyConfigured(f"DATABASE_URL: the scheme {scheme!r} is neither sqlite nor postgresql.")
