"""The authorities of this repository, loaded once for this folder of tests; and a copy of their files that a test may change."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from library.vocabularies.load import load_authorities
from library.vocabularies.loading.sync import Report


@pytest.fixture(scope="package")
def authorities(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Report]:
    """The report of the first load; the rows stay for this folder and are rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_authorities()
        transaction.set_rollback(True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the authority files."""
    return Path(shutil.copytree(Path(settings.COLLECTIONS_DIR) / "vocabularies", tmp_path / "vocabularies"))


@pytest.fixture
def rewrite(folder: Path) -> Callable[[str, str, str], None]:
    """Replace one text in one file of the copy; the text must be there."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        content = path.read_bytes()
        assert old.encode() in content
        path.write_bytes(content.replace(old.encode(), new.encode(), 1))

    return replace
