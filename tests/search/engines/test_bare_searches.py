"""Searches that ask for less: for ids alone, for no counts where nothing is found; and pages whose hits score the same."""

from dataclasses import replace

import pytest

from library.access import ANONYMOUS
from search.access import access_for
from search.asking.relaxing import Relaxation, Step, search_relaxing
from search.engines.base import Engine
from search.engines.embedded import answers
from search.query.plan import FacetFilter
from tests.search.conftest import document, fill
from tests.search.engines.test_engines import planned

EVERYBODY = access_for(ANONYMOUS)
HERE, THERE = FacetFilter("type", ("festival",)), FacetFilter("type", ("craft",))


def test_hits_of_ids_alone_are_the_same_hits_without_texts(engine: Engine) -> None:
    fill(engine, *(document(number, title=f"Hội {number}", body="múa khèn " * number) for number in range(1, 6)))
    whole, bare = (engine.search(planned("hội khèn", ids_only=only), EVERYBODY) for only in (False, True))
    assert [(hit.id, hit.score) for hit in bare.hits] == [(hit.id, hit.score) for hit in whole.hits]
    assert [(hit.titles, hit.names, hit.snippets) for hit in bare.hits] == [((), (), ())] * 5
    assert bare.total == whole.total


def test_what_else_there_is_is_counted_where_the_last_step_finds_nothing_and_where_a_later_one_finds(engine: Engine) -> None:
    fill(engine, document(1, title="Hội làng", facets={"type": ("festival",)}))
    none = planned("hội", filters=(THERE,), facets=("type",))
    assert engine.search(none, EVERYBODY).facets["type"] == {"festival": 1}
    assert search_relaxing(engine, [Step(Relaxation.NOTHING, none)], EVERYBODY).answer.facets["type"] == {"festival": 1}
    some = Step(Relaxation.PART, replace(none, filters=(HERE,)))
    assert search_relaxing(engine, [Step(Relaxation.NOTHING, none), some], EVERYBODY).answer.facets["type"] == {"festival": 1}


def test_records_of_one_score_are_paged_by_id_however_many_they_are(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ROOM_FOR_TIES", 2)
    numbers = [*range(40, 0, -1)]
    for some in (numbers[:20], numbers[20:]):
        fill(engine, *(document(number, title="Hội làng") for number in some))
    pages = [engine.search(planned("hội", offset=start, size=6), EVERYBODY).hits for start in range(0, 40, 6)]
    assert [hit.id for page in pages for hit in page] == sorted(numbers)
