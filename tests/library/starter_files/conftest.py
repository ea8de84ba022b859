"""The authorities, loaded once for this folder of tests; and a copy of the starter files that a test may break."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from library.vocabularies.load import load_authorities


@pytest.fixture(scope="package")
def authorities(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_authorities()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the starter files."""
    copy = tmp_path / "starter"
    shutil.copytree(settings.COLLECTIONS_DIR / "starter", copy, ignore=shutil.ignore_patterns("media"))
    return copy
