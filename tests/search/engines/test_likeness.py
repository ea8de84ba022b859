"""Both engines tell how like a vector records are, and only of records that the reader may see."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from search.access import AccessFilter
from search.engines.base import Engine, IndexOutdated, Write
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.query.plan import Plan
from search.semantic.vectors import Vector, VectorSpace
from tests.search.conftest import ENGINES, FACETS, document, fill

SPACE = VectorSpace("three", 3)
ASKED: Vector = (1.0, 0.0, 0.0)
NEAR: Vector = (0.8, 0.6, 0.0)
FAR: Vector = (-0.6, 0.0, 0.8)
PUBLIC = AccessFilter(("public",), date(2026, 1, 1))
MEMBER = AccessFilter(("public", "community:1"), date(2026, 1, 1))
Make = Callable[[VectorSpace | None], Engine]


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes engines over one index, with vectors of a space or without."""
    if request.param == "embedded":
        yield lambda space: EmbeddedEngine(tmp_path / "index", FACETS, space)
        return
    url, prefix = request.getfixturevalue("elasticsearch_url"), f"test-{uuid4().hex[:8]}"
    yield lambda space: ElasticEngine(url, prefix, FACETS, space)
    ElasticEngine(url, prefix, FACETS).delete_all()


@pytest.fixture
def engine(make: Make) -> Engine:
    return make(SPACE)


def likeness(engine: Engine, access: AccessFilter = PUBLIC) -> dict[int, float | None]:
    hits = engine.search(Plan(meaning=ASKED), access).hits
    return {hit.id: None if hit.likeness is None else round(hit.likeness, 2) for hit in hits}


def test_each_hit_tells_its_likeness_where_it_has_a_vector(engine: Engine) -> None:
    fill(engine, document(1, "a", vector=FAR), document(2, "b", vector=NEAR), document(3, "c", vector=ASKED), document(4, "d"))
    assert likeness(engine) == {1: -0.6, 2: 0.8, 3: 1.0, 4: None}
    assert {hit.likeness for hit in engine.search(Plan(), PUBLIC).hits} == {None}


def test_nothing_is_told_of_what_the_reader_may_not_see(engine: Engine) -> None:
    closed = document(1, "a", vector=ASKED, access=("community:1",))
    embargoed = document(2, "a", vector=ASKED, open_from=date(2030, 1, 1))
    fill(engine, closed, embargoed, document(3, "b", vector=NEAR))
    assert likeness(engine) == {3: 0.8}
    assert likeness(engine, MEMBER) == {1: 1.0, 3: 0.8}


def test_a_record_that_changes_has_no_vector_until_its_new_text_was_read(engine: Engine) -> None:
    fill(engine, document(1, "a", vector=ASKED), document(2, "b", vector=NEAR))
    fill(engine, document(1, "another text"), version=2)
    assert likeness(engine) == {1: None, 2: 0.8}
    fill(engine, document(1, "another text", vector=ASKED), version=2)
    assert likeness(engine) == {1: 1.0, 2: 0.8}
    engine.write([Write(1, 3, None)])
    engine.refresh()
    assert likeness(engine) == {2: 0.8}


def test_an_index_without_vectors_says_that_it_wants_a_rebuild_and_answers_meanwhile(make: Make) -> None:
    plain = make(None)
    fill(plain, document(1, "a"))
    assert likeness(plain) == {1: None}
    switched = make(SPACE)
    with pytest.raises(IndexOutdated):
        switched.ensure()
    assert likeness(switched) == {1: None}
    rebuild = switched.begin_rebuild()
    rebuild.load([Write(1, 1, document(1, "a", vector=NEAR)), Write(2, 1, document(2, "b"))])
    rebuild.activate()
    switched.ensure()
    switched.refresh()
    assert likeness(switched) == {1: 0.8, 2: None}
    with pytest.raises(IndexOutdated):
        make(None).ensure()
