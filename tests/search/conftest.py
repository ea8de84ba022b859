"""Engines for the contract: every test that takes ``engine`` runs on both; Elasticsearch needs its service."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from search.engines.base import Engine, SearchDocument, Write
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine

FACETS = ("type", "group", "place")
ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.service("elasticsearch"))]
MakeEngine = Callable[[], Engine]


@pytest.fixture(params=ENGINES)
def make_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeEngine]:
    """Makes engines over one index that is thrown away afterwards: each call is another process's view of it."""
    yield from _makers(request, tmp_path)


@pytest.fixture
def engine(make_engine: MakeEngine) -> Engine:
    """One engine over an empty index."""
    made = make_engine()
    made.ensure()
    return made


@pytest.fixture(scope="module", params=ENGINES)
def shared_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tests of a module that only read what the module's own fixture loads."""
    for make in _makers(request, tmp_path_factory.mktemp("index")):
        made = make()
        made.ensure()
        yield made


def _makers(request: pytest.FixtureRequest, folder: Path) -> Iterator[MakeEngine]:
    if request.param == "embedded":
        yield lambda: EmbeddedEngine(folder / "index", FACETS)
        return
    url, prefix = request.getfixturevalue("elasticsearch_url"), f"test-{uuid4().hex[:8]}"
    engines = ElasticEngine(url, prefix, FACETS)
    yield lambda: ElasticEngine(url, prefix, FACETS)
    engines.delete_all()


def document(number: int, body: str = "", title: str = "", *, access: tuple[str, ...] = ("public",), **fields: object) -> SearchDocument:
    """A document with a title and a body."""
    texts = {"title": (title,) if title else (), "body": (body,) if body else ()}
    return SearchDocument(id=number, texts=texts, access_tokens=access, **fields)  # type: ignore[arg-type]


def fill(engine: Engine, *documents: SearchDocument, version: int = 1) -> None:
    """Write documents and make them findable."""
    results = engine.write([Write(each.id, version, each) for each in documents])
    assert {result.error for result in results} == {""}
    engine.refresh()
