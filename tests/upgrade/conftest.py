"""A database that an earlier release made, brought to the present by ``migrate`` and put in the place of the test database."""

import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

RELEASES = sorted(Path(__file__).parent.glob("release-*.sqlite3.xz"))


@contextmanager
def in_place_of_the_test_database(copy: Path) -> Iterator[None]:
    """Another database is in use. Its content types have numbers of their own, which Django keeps in the memory of the process."""
    connection.close()
    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(copy)
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.name.removesuffix(".sqlite3.xz"))
def release(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of the release whose database is in use. What the tests write goes with the copy."""
    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("a database of an earlier release is a file of SQLite")
    copy = tmp_path_factory.mktemp("release") / "release.sqlite3"
    copy.write_bytes(lzma.decompress(request.param.read_bytes()))
    with django_db_blocker.unblock(), in_place_of_the_test_database(copy):
        call_command("migrate", verbosity=0)
        yield request.param.name
