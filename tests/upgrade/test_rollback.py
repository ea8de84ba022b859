"""Back to the release before: a backup made before the upgrade, also by the newer code, brings back the tables of the older release."""

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from library.operations.backup import make_backup
from library.operations.restore import restore_database
from media_pipeline.storage.local import LocalStorage

from .conftest import RELEASES, in_place_of_the_test_database


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.removesuffix(".sqlite3.xz"))
def old_database(request, settings, transactional_db, tmp_path: Path):
    """A database of an earlier release in the place of the present one, its tables as they were."""
    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("a database of an earlier release is a file of SQLite")
    copy = tmp_path / "release.sqlite3"
    copy.write_bytes(lzma.decompress(request.param.read_bytes()))
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH, settings.MEDIA_ROOT = (
        str(tmp_path / "media"),
        tmp_path / "scratch",
        tmp_path / "editorial",
    )
    LocalStorage(tmp_path / "media").prepare()
    with in_place_of_the_test_database(copy):
        yield copy


def schema(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The tables of a database, and which migrations it says were applied."""
    with closing(sqlite3.connect(path)) as database:
        return {
            "tables": database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall(),
            "migrations": database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall(),
        }


def test_an_upgrade_is_taken_back_with_the_backup_that_was_made_before_it(old_database: Path, tmp_path: Path):
    target = LocalStorage(tmp_path / "backup", "backup")
    target.prepare()
    before = schema(old_database)
    stamp = make_backup(target, keep=3).stamp
    call_command("migrate", verbosity=0)
    assert schema(old_database) != before
    assert restore_database(target, stamp) == []
    connection.close()
    assert schema(old_database) == before
