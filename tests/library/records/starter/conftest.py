"""The authorities and the starter collection, loaded once a module; and a copy of the starter files that a test may break."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from library.records.starter.load import load_starter
from library.vocabularies.load import load_authorities
from library.vocabularies.loading.sync import Report


@pytest.fixture(scope="module")
def authorities(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_authorities()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def starter(authorities: None) -> Iterator[Report]:
    """The report of the first load; the records stay for the tests of this module that ask for them."""
    with transaction.atomic():
        yield load_starter()
        transaction.set_rollback(True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the starter files."""
    copy = tmp_path / "starter"
    shutil.copytree(settings.COLLECTIONS_DIR / "starter", copy, ignore=shutil.ignore_patterns("media"))
    return copy


@pytest.fixture
def rewrite(folder: Path) -> Callable[[str, str, str], None]:
    def replace(file: str, old: str, new: str) -> None:
        content = (folder / file).read_bytes()
        assert old.encode() in content
        (folder / file).write_bytes(content.replace(old.encode(), new.encode(), 1))

    return replace
