"""Fixtures that every folder of tests shares: real services, real browser, the folders of shared test data."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.fixtures import *  # noqa: F403

pytest_plugins = ["tests.migrated_database"]
PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a run of several processes files that take long begin first, then those with most tests: so the processes end together."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        sizes = Counter(item.path for item in items)
        long = {item.path for item in items if _takes_long(item)}
        items.sort(key=lambda item: (item.path not in long, -sizes[item.path], item.path))


def _takes_long(item: pytest.Item) -> bool:
    walks = "installation" in getattr(item, "fixturenames", ())  # from an empty installation
    return walks or any(item.get_closest_marker(name) for name in ("slow", "service"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"{name}: the folder ../shared/{name} is absent; nothing was tested here")
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Hostile and odd files (never committed here)."""
    return _shared("corpora")


@pytest.fixture(scope="session")
def relevance() -> Path:
    """The Vietnamese retrieval set (never committed here)."""
    return _shared("relevance")


@pytest.fixture(scope="session", autouse=True)
def _patience_with_elasticsearch() -> Iterator[None]:
    """A node that is slow because the machine is has not failed: readers wait for it as long as writers do."""
    from search.engines.elastic import engine

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine, "ANSWER_WITHIN", engine.WRITE_WITHIN)
        yield


@pytest.fixture(autouse=True)
def _language_of_this_test() -> None:
    """The language of the last page that a test asked for outlives it in the memory of the thread."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _cache_of_this_test() -> None:
    """Labels, menus and counts outlive a test's rows in the memory of the process."""
    from django.core.cache import cache

    from search.facets import labels

    labels.forget()
    cache.clear()


@pytest.fixture
def rewrite(folder: Path) -> Callable[[str, str, str], None]:
    """Replace one text in one file of the ``folder`` that the test may change; the text must be there."""

    def replace(file: str, old: str, new: str) -> None:
        content = (folder / file).read_bytes()
        assert old.encode() in content
        (folder / file).write_bytes(content.replace(old.encode(), new.encode(), 1))

    return replace
