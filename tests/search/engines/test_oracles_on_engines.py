"""Each oracle row on both engines, tier by tier: what the analysers of Elasticsearch make of a text is what ours makes."""

from itertools import pairwise

import pytest

from library.access import ANONYMOUS
from search.access import access_for
from search.analysis import WORD_TIERS, cluster_tokens, glue_key, keys_of
from search.engines.base import Engine
from search.query.plan import Clause, Group, Plan, QueryTerm
from tests.search.conftest import document, fill
from tests.search.oracles import MEETS, MUST_NOT, ORACLES, Oracle

TIERS = ("exact", "notone", "fold", "glue", "nospace")


@pytest.fixture(scope="module")
def loaded(shared_engine: Engine) -> Engine:
    """Every text of the oracles, as title and body of a record numbered by its place in the list."""
    fill(shared_engine, *(document(number, oracle.text, oracle.text) for number, oracle in enumerate(ORACLES, start=1)))
    return shared_engine


def meets(engine: Engine, tier: str, oracle: Oracle) -> bool:
    """Whether the engine finds the oracle's text by every token that the query sends to the tier."""
    required = tuple(_required(tier, oracle.query))
    plan = Plan(clauses=tuple(Clause(group[0][0], 1.0) for group in required), required=required, size=200, snippets=False)
    found = {hit.id for hit in engine.search(plan, access_for(ANONYMOUS)).hits} if required else set()
    return ORACLES.index(oracle) + 1 in found


def _required(tier: str, query: str) -> list[Group]:
    words = keys_of(query)
    if tier == "glue":
        key = glue_key(words)
        return [((QueryTerm("title", tier, key, key),),)] if key else []
    if tier == "nospace":
        return [((QueryTerm(tier, tier, token, token),),) for word in words for token in cluster_tokens(word.clusters)]
    return [((QueryTerm("body", tier, WORD_TIERS[tier](word), word.written),),) for word in words if not word.clusters]


@pytest.mark.parametrize("oracle", ORACLES, ids=str)
def test_an_engine_finds_a_text_in_the_tiers_of_its_row_and_no_others(loaded: Engine, oracle: Oracle) -> None:
    met = {tier for tier in TIERS if meets(loaded, tier, oracle)}
    if oracle.verdict in MUST_NOT:
        assert not met & MUST_NOT[oracle.verdict]
    elif oracle.verdict in MEETS:
        assert met - {"glue", "nospace"} == MEETS[oracle.verdict]
        assert oracle.verdict != "G" or "glue" in met
        assert oracle.verdict != "S" or "nospace" in met
    else:  # a tone on a wrong vowel: exact on the embedded engine, without tone on Elasticsearch
        assert ("exact" in met) == (loaded.name == "embedded")
        assert {"notone", "fold"} <= met


def test_pairs_follow_the_words_on_every_engine(loaded: Engine) -> None:
    for (first, second), texts in zip(pairwise(keys_of("Bru Vân Kiều")), ({"Bru Vân Kiều"}, {"Bru Vân Kiều", "Vân Kiều"}), strict=True):
        term = QueryTerm("body", "exact2", f"{first.exact}_{second.exact}", f"{first.written} {second.written}")
        answer = loaded.search(Plan(clauses=(Clause(term, 1.0),), snippets=False), access_for(ANONYMOUS))
        assert {ORACLES[hit.id - 1].text for hit in answer.hits} == texts
