"""A migrated SQLite database is made once for a set of migrations and copied from then on: migrating takes longer than most tests.

Tests find the roles loaded, as every installation has them. Of a database with them a copy is made once in a run, for the tests after
those that empty the tables.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

from library.accounts.roles import load_roles

PROJECT = Path(__file__).resolve().parent.parent


def _fingerprint() -> str:
    """Changes with every migration of ours and with the locked versions of everybody else's."""
    digest = hashlib.sha256((PROJECT / "requirements/dev.txt").read_bytes())
    for depth in ("*/", "library/*/", "library/*/*/"):
        for path in sorted(PROJECT.glob(f"{depth}migrations/*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _is_sqlite() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


def begin_migrated(database: Path) -> bool:
    """Puts the kept database where an installation of its own will look for one, if it has none yet; says whether it did.

    Nothing is left for ``migrate`` then. Where no database has been kept, nothing is put there, and ``migrate`` begins from zero.
    """
    kept = _template().exists() and not database.exists()
    if kept:
        shutil.copyfile(_template(), database)
    return kept


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The copied database is kept as it is; what is not yet applied is applied."""
    return _is_sqlite()


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings: None, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """After pytest-django's own set-up: keeps the migrated database for the next run, then loads the roles."""
    template = _template()
    if _is_sqlite() and not template.exists():
        fresh = template.with_suffix(f".{settings.VAR_DIR.name}")
        with django_db_blocker.unblock():
            _copy_to(fresh)
        fresh.replace(template)
    with django_db_blocker.unblock():
        load_roles()
    if _is_sqlite():
        with django_db_blocker.unblock():
            _copy_to(_with_roles())
    if connection.vendor == "postgresql":
        connections.close_all()
        _on_the_server(f'CREATE DATABASE "{_copy()}" TEMPLATE "{_name()}"')
    yield
    if connection.vendor == "postgresql":
        _on_the_server(f'DROP DATABASE "{_copy()}"')


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Before anything connects: puts the kept database where the test database will be looked for.

    On PostgreSQL the test database is a copy of the one that DATABASE_TEMPLATE names.
    """
    if _is_sqlite() and _template().exists():
        shutil.copyfile(_template(), settings.DATABASES["default"]["TEST"]["NAME"])
    elif "DATABASE_TEMPLATE" in os.environ:
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ["DATABASE_TEMPLATE"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A transactional test ends with every table emptied, also of what migrations wrote (Wagtail's root page, its locale).

    The next test finds the database as the first did.
    """
    result = yield
    if not _emptied_the_tables(item):
        return result
    if _is_sqlite():
        _put_back(Path(connection.settings_dict["NAME"]))
    elif nextitem is not None and connection.vendor == "postgresql":
        connections.close_all()
        _on_the_server(f'DROP DATABASE "{_name()}" WITH (FORCE)', f'CREATE DATABASE "{_name()}" TEMPLATE "{_copy()}"')
    ContentType.objects.clear_cache()  # emptying the tables numbered the types anew
    return result


def _emptied_the_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


def _put_back(database: Path) -> None:
    """As another file under the same name: what a thread that has ended left open still belongs to the old one when it is closed."""
    connections.close_all()
    for leftover in (f"{database}-wal", f"{database}-shm"):
        Path(leftover).unlink(missing_ok=True)
    fresh = database.with_suffix(".fresh")
    shutil.copyfile(_with_roles(), fresh)
    fresh.replace(database)


def _copy_to(path: Path) -> None:
    """Copies the whole SQLite database, with what its log still holds."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(connection.settings_dict["NAME"], path)


def _with_roles() -> Path:
    return Path(settings.DATABASES["default"]["TEST"]["NAME"]).with_suffix(".with-roles")


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _copy() -> str:
    """The name of the copy of a PostgreSQL database as the tests find it."""
    return f"{_name()}_migrated"


def _on_the_server(*statements: str) -> None:
    given = connection.settings_dict
    address = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"], "dbname": "postgres"}
    with psycopg.connect(**{name: value for name, value in address.items() if value}, autocommit=True) as server:
        for statement in statements:
            server.execute(statement.encode())


def _template() -> Path:
    return Path(tempfile.gettempdir()) / f"library-migrated-{_fingerprint()}.sqlite3"
