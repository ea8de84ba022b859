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
    assert [postgres[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == ["l@x", "p:w", "db", 5433, "lib"]
    assert postgres["CONN_HEALTH_CHECKS"] is True


def test_what_the_database_address_asks_for_reaches_the_driver():
    entry = env.database("postgresql://l:p@db/lib?sslmode=verify-full&application_name=library")
    assert entry["OPTIONS"] == {"sslmode": "verify-full", "application_name": "library"}
    sqlite = env.database("sqlite:////srv/l/library.sqlite3?timeout=5")
    assert sqlite["OPTIONS"] == env.SQLITE_OPTIONS | {"timeout": 5}


def test_the_library_starts_without_the_packages_that_are_optional():
    optional = ["boto3", "botocore", "elasticsearch", "psycopg", "redis", "pyvips", "pypdf"]
    code = f"import sys; sys.modules.update(dict.fromkeys({optional})); sys.argv[1:] = ['check']; import manage; manage.main()"
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **COMPLETE}
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_word_that_is_neither_yes_nor_no_is_refused(monkeypatch):
    monkeypatch.setenv("BEHIND_PROXY", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="BEHIND_PROXY"):
        env.flag("BEHIND_PROXY", False)
