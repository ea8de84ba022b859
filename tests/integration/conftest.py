"""A site over each engine; the media pipeline alone on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction
from django.test import override_settings

from search.engines.elastic import ElasticEngine
from search.engines.registry import engine
from tests.integration.media.installation import Installation
from tests.integration.search.searching import fresh

ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.service("elasticsearch"))]


def _settings(request: pytest.FixtureRequest, index: Path) -> dict[str, Any]:
    """Of a site that answers with one engine, over an index of its own."""
    own = {"SEARCH_INDEX_DIR": index, "SEARCH_ENGINE": request.param, "SEARCH_FALLBACKS": []}
    if request.param == "elasticsearch":
        own |= {"ELASTICSEARCH_URL": request.getfixturevalue("elasticsearch_url"), "SEARCH_INDEX_PREFIX": f"test-{uuid4().hex[:8]}"}
    return own


@contextmanager
def _empty_index(name: str) -> Iterator[str]:
    fresh()
    engine(name).ensure()
    yield name
    made = engine(name)
    if isinstance(made, ElasticEngine):
        made.delete_all()
    fresh()


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[str]:
    """A site that answers with one engine over an empty index; gives the engine's name."""
    for name, value in _settings(request, tmp_path / "index").items():
        setattr(settings, name, value)
    with _empty_index(request.param) as opened:
        yield opened


@pytest.fixture(scope="module", params=ENGINES)
def shared_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """The same for the tests of a module that only read what a fixture of the module has written; it is gone after the last of them."""
    own = _settings(request, tmp_path_factory.mktemp("shared") / "index")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**own), _empty_index(request.param) as opened:
        yield opened
        transaction.set_rollback(True)


@pytest.fixture
def postgres_installation(postgres_url: str, tmp_path: Path) -> Iterator[Installation]:
    """The pipeline over a database of its own."""
    name = f"media_{uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield Installation(tmp_path, DATABASE_URL=f"{postgres_url.rpartition('/')[0]}/{name}")
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
