"""A site over each engine; the media pipeline alone on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from search.engines.elastic import ElasticEngine
from search.engines.registry import engine
from tests.integration.media.installation import Installation
from tests.integration.search.searching import fresh

ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.service("elasticsearch"))]


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[str]:
    """A site that answers with one engine over an empty index; gives the engine's name."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_ENGINE = request.param
    settings.SEARCH_FALLBACKS = []
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
        settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:8]}"
    fresh()
    engine(request.param).ensure()
    yield request.param
    made = engine(request.param)
    if isinstance(made, ElasticEngine):
        made.delete_all()
    fresh()


@pytest.fixture
def postgres_installation(postgres_url: str, tmp_path: Path) -> Iterator[Installation]:
    """The pipeline over a database of its own."""
    name = f"media_{uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield Installation(tmp_path, DATABASE_URL=f"{postgres_url.rpartition('/')[0]}/{name}")
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
