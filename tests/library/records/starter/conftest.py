"""The authorities and the starter records, loaded once for this folder of tests; and a copy of the files that a test may change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from library.records.starter.load import load_starter
from library.vocabularies.load import load_authorities
from library.vocabularies.loading.sync import Report


@pytest.fixture(scope="package")
def authorities(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_authorities()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def starter_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter files without their media, which take longest."""
    copy = tmp_path_factory.mktemp("collections") / "starter"
    return Path(shutil.copytree(settings.COLLECTIONS_DIR / "starter", copy, ignore=shutil.ignore_patterns("media")))


@pytest.fixture(scope="package")
def starter(authorities: None, starter_folder: Path) -> Iterator[Report]:
    """The report of the first load; the records stay for this folder of tests."""
    with transaction.atomic():
        yield load_starter(starter_folder)
        transaction.set_rollback(True)


@pytest.fixture
def folder(starter_folder: Path, tmp_path: Path) -> Path:
    """A copy of the starter files that a test may change."""
    return Path(shutil.copytree(starter_folder, tmp_path / "starter"))
