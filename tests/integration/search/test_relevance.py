"""The small relevance set runs with every change: a change that lowers the search below its goals is not merged."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as installed

from library.records.starter.load import load_starter
from library.vocabularies.load import load_authorities
from search.engines.elastic import ElasticEngine
from search.engines.registry import engine, forget_engines
from search.indexing import knowledge
from search.indexing.rebuild import rebuild_index
from search.quality.goals import STARTER_GOALS
from search.quality.judgements import JudgedQuery, judged_queries, score_collection

FILE = installed.COLLECTIONS_DIR / "starter" / "queries.tsv"


@pytest.fixture(scope="module")
def queries() -> list[JudgedQuery]:
    return judged_queries(FILE)


@pytest.fixture
def fresh_index(settings: Any, tmp_path: Path, elasticsearch_url: str) -> Iterator[tuple[str, ...]]:
    """Both engines over empty indexes of their own."""
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "index", elasticsearch_url
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:8]}"
    settings.SEARCH_ENGINE, settings.SEARCH_FALLBACKS = "embedded", ["elasticsearch"]
    forget_engines()
    knowledge.forget()
    yield ("embedded", "elasticsearch")
    elastic = engine("elasticsearch")
    assert isinstance(elastic, ElasticEngine)
    elastic.delete_all()
    forget_engines()
    knowledge.forget()


def test_at_least_three_hundred_needs_are_judged_and_half_are_short(queries: list[JudgedQuery]) -> None:
    assert len(queries) >= 300
    assert sum(len(query.typed.split()) <= 3 for query in queries) >= len(queries) / 2
    assert all(query.answers and set(query.answers.values()) <= {1, 2} for query in queries)
    assert all(query.misspelt != query.typed for query in queries)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.service("elasticsearch")
def test_the_starter_collection_is_found_as_people_type(fresh_index: tuple[str, ...], queries: list[JudgedQuery]) -> None:
    load_authorities()
    load_starter()
    scores = {}
    for engine_name in fresh_index:
        rebuild_index(engine_name)
        engine(engine_name).refresh()
        scores[engine_name] = score_collection(engine_name, queries)
    for engine_name, found in scores.items():
        assert {name: score.mrr for name, score in found.items() if score.mrr < STARTER_GOALS[name]} == {}, engine_name
    for name in STARTER_GOALS:
        assert scores["embedded"][name].mrr == pytest.approx(scores["elasticsearch"][name].mrr, abs=0.01)
