"""Searching inside recordings and on pages: the moments decide which records come, and in what order; the records' own index
decides what of them a reader may narrow by."""

from dataclasses import replace

from ..access import AccessFilter
from ..engines.base import DEEPEST, Answer, Engine
from ..query.plan import Plan, Sort
from .relaxing import GivenUp


def search_moments(engine: Engine, plan: Plan, access: AccessFilter) -> tuple[Answer, GivenUp]:
    """One page of the records whose moments have the words, best moment first, with true counts.

    A record counts when its moment is open to the reader, and the record itself passes every filter.
    """
    ranked, given_up = engine.inside(plan, access), GivenUp.NOTHING
    if not ranked and plan.coverage:
        ranked, given_up = engine.inside(replace(plan, coverage=(), coverage_minimum=0), access), GivenUp.MOST_WORDS
    narrowed = replace(plan, clauses=(), coverage=(), coverage_minimum=0, phrases=(), near=None, ids=ranked)
    if plan.sort is not Sort.RELEVANCE:
        return engine.search(narrowed, access), given_up
    counted = engine.search(replace(narrowed, offset=0, size=DEEPEST, passages=False), access)
    best = counted
    if len(ranked) > DEEPEST:  # the hits are those of the lowest ids then; ask for the best ranked
        best = engine.search(replace(narrowed, ids=ranked[:DEEPEST], facets=(), cells=0, offset=0, size=DEEPEST, passages=False), access)
    passing = {hit.id: hit for hit in best.hits}
    page = [passing[record] for record in ranked if record in passing][plan.offset : plan.offset + plan.size]
    return replace(counted, hits=tuple(page)), given_up if page else GivenUp.NOTHING
