"""Production settings are the base: they refuse to start insecure, and Django's own deployment check finds nothing to say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from library.settings import env

PROJECT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "SECRET_KEY": "kT9#x" * 12,
    "DATABASE_URL": "sqlite:////tmp/never-opened.sqlite3",
    "ALLOWED_HOSTS": "thu-vien.example.vn",
    "DJANGO_SETTINGS_MODULE": "library.settings.base",
}


def _manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL"])
def test_production_refuses_to_start_without_its_secrets(missing):
    done = _manage("check", **{name: value for name, value in COMPLETE.items() if name != missing})
    assert done.returncode != 0
    assert f"{missing} is not set" in done.stderr


def test_the_deployment_check_has_nothing_to_say():
    done = _manage("check", "--deploy", "--fail-level", "INFO", **COMPLETE)
    assert done.returncode == 0, done.stderr


def test_demonstration_logins_and_debug_are_off_in_production():
    code = "from django.conf import settings; print(settings.DEBUG, settings.DEMO, settings.SESSION_COOKIE_SECURE)"
    assert _manage("shell", "-v", "0", "-c", code, **COMPLETE).stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("url", ["mysql://x/y", "library.sqlite3", ""])
def test_an_unknown_database_address_is_refused_with_its_name(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database(url)


def test_a_database_address_becomes_djangos_settings():
    sqlite = env.database("sqlite:////srv/l/library.sqlite3")
    assert sqlite["NAME"] == "/srv/l/library.sqlite3"
    postgres = env.database("postgresql://l%40x:p%3Aw@db:5433/lib")
    assert (postgres["USER"], postgres["PASSWORD"], postgres["HOST"], postgres["PORT"], postgres["NAME"]) == (
        "l@x",
        "p:w",
        "db",
        "5433",
        "lib",
    )


def test_a_word_that_is_neither_yes_nor_no_is_refused(monkeypatch):
    monkeypatch.setenv("BEHIND_PROXY", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="BEHIND_PROXY"):
        env.flag("BEHIND_PROXY", False)
