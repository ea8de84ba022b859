"""Production settings are the base: they refuse to start insecure, and Django's own deployment check finds nothing to say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from library.accounts import roles
from library.accounts.demo import DEMO_USERS, load_demo_users
from library.accounts.models import User
from library.settings import env
from library.start import refuse_unsafe_start
from tests.factories import make_office

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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("SECRET_KEY", "only-for-this-machine-" + "x" * 40, "start.E001"),
        ("SECRET_KEY", "x", "start.E002"),
        ("SECRET_KEY", "ab" * 40, "start.E002"),
        ("ALLOWED_HOSTS", "thu-vien.example.vn,*", "start.E003"),
        ("ALLOWED_HOSTS", "", "start.E003"),
        ("REQUEST_LIMITS", "export=many", "start.E006"),
    ],
)
def test_production_refuses_what_anybody_could_use(settings, variable, value, code):
    settings.PRODUCTION, settings.SECRET_KEY, settings.ALLOWED_HOSTS = True, COMPLETE["SECRET_KEY"], ["thu-vien.example.vn"]
    assert run_checks(tags=["start"]) == []
    setattr(settings, variable, value.split(",") if variable == "ALLOWED_HOSTS" and value else value)
    assert [message.id for message in run_checks(tags=["start"])] == [code]
    with pytest.raises(ImproperlyConfigured, match=code):
        refuse_unsafe_start()


@pytest.mark.parametrize("arguments", [("check",), ("worker",), ("shell", "-c", "import library.wsgi")])
def test_no_process_of_production_starts_with_the_key_of_the_repository(arguments):
    done = _manage(*arguments, **COMPLETE | {"SECRET_KEY": "only-for-this-machine-" + "x" * 40})
    assert done.returncode != 0
    assert "SECRET_KEY is one that this repository prints" in done.stderr


@pytest.mark.django_db
def test_production_does_not_start_with_demonstration_logins_until_they_are_removed(settings, capsys):
    settings.DEMO = True
    roles.load_roles()
    for demo in DEMO_USERS:
        make_office(demo.office)
    load_demo_users()
    taken_over = User.objects.get(username="duyet")
    taken_over.set_password("mật khẩu của riêng tôi")
    taken_over.save()
    settings.PRODUCTION, settings.DEMO = True, False
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = COMPLETE["SECRET_KEY"], ["thu-vien.example.vn"]
    (refusal,) = run_checks(tags=["start"])
    assert refusal.id == "start.E005"
    assert "bien-muc, dong-gop, quan-tri" in refusal.msg
    call_command("remove_demo_users")
    assert "bien-muc, dong-gop, quan-tri" in capsys.readouterr().out
    assert run_checks(tags=["start"]) == []
    assert list(User.objects.values_list("username", flat=True)) == ["duyet"]


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
