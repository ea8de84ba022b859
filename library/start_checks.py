"""What production refuses to start with: a key that others know, any host name, debugging, demonstration logins.

Django runs these checks before every command of ours (web, workers, ``check``); ``library.wsgi`` and ``library.asgi`` run them too.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from library.accounts.demo import demo_logins
from library.request_limits.table import limits

KEYS_OF_THE_REPOSITORY = ("only-for-this-machine-", "test-", "django-insecure-")  # how keys begin that everybody can read
NEW_KEY = "Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 5  # as Django's own deployment check asks


@checks.register("start")
def check_settings(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Settings of production that anybody on the network could use."""
    errors: list[checks.CheckMessage] = []
    if not settings.PRODUCTION:
        return errors
    if settings.SECRET_KEY.startswith(KEYS_OF_THE_REPOSITORY):
        errors.append(checks.Error("SECRET_KEY is one that this repository prints.", hint=NEW_KEY, id="start.E001"))
    elif len(settings.SECRET_KEY) < SHORTEST_KEY or len(set(settings.SECRET_KEY)) < FEWEST_CHARACTERS:
        errors.append(checks.Error("SECRET_KEY is too short, or of too few characters.", hint=NEW_KEY, id="start.E002"))
    if not settings.ALLOWED_HOSTS or any(host in {"*", "."} for host in settings.ALLOWED_HOSTS):
        hint = "Write the names of the site, such as thu-vien.example.vn."
        errors.append(checks.Error("ALLOWED_HOSTS is empty, or allows every name.", hint=hint, id="start.E003"))
    if settings.DEBUG or settings.DEMO:
        errors.append(checks.Error("DEBUG and DEMO are for one machine only.", hint="Start with library.settings.base.", id="start.E004"))
    return errors


@checks.register("start")
def check_demo_logins(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Logins whose password this repository prints, in a database that production opens. Says nothing while there is no database."""
    if not settings.PRODUCTION or not _database_exists():
        return []
    try:
        logins = demo_logins()
    except DatabaseError:  # the tables are not there yet, or the server does not answer: other checks say so
        return []
    if not logins:
        return []
    names = ", ".join(user.username for user in logins)
    hint = "Remove them: manage.py remove_demo_users"
    return [checks.Error(f"This database has demonstration logins, whose password everybody knows: {names}.", hint=hint, id="start.E005")]


@checks.register("start")
def check_request_limits(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A setting that would only show at the first request."""
    try:
        limits(settings.REQUEST_LIMITS)
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), hint="See docs/settings.md.", id="start.E006")]
    return []


def _database_exists() -> bool:
    """Whether opening the database would not make it: SQLite makes the file."""
    return connection.vendor != "sqlite" or Path(str(settings.DATABASES["default"]["NAME"])).exists()
