"""Searching inside recordings and on pages: the passages decide which records come, and in what order; the records' own index
decides what of them a reader may narrow by."""

from dataclasses import replace

from ..access import AccessFilter
from ..engines.base import DEEPEST, Answer, Engine
from ..query.plan import Plan, Sort
from .relaxing import Relaxation


def search_passages(engine: Engine, plan: Plan, access: AccessFilter) -> tuple[Answer, Relaxation]:
    """One page of the records whose passages have the words, best passage first, with true counts.

    A record counts when its passage is open to the reader, and the record itself passes every filter.
    """
    ranked, relaxation = engine.inside(plan, access), Relaxation.NOTHING
    if not ranked and plan.coverage:
        ranked, relaxation = engine.inside(replace(plan, coverage=(), coverage_minimum=0), access), Relaxation.MOST_WORDS
    narrowed = replace(plan, clauses=(), coverage=(), coverage_minimum=0, phrases=(), near=None, ids=ranked)
    if plan.sort is not Sort.RELEVANCE:
        return engine.search(narrowed, access), relaxation
    counted = engine.search(replace(narrowed, offset=0, size=DEEPEST, snippets=False), access)
    best = counted
    if len(ranked) > DEEPEST:  # the hits are those of the lowest ids then; ask for the best ranked
        best = engine.search(replace(narrowed, ids=ranked[:DEEPEST], facets=(), cells=0, offset=0, size=DEEPEST, snippets=False), access)
    passing = {hit.id: hit for hit in best.hits}
    page = [passing[record] for record in ranked if record in passing][plan.offset : plan.offset + plan.size]
    return replace(counted, hits=tuple(page)), relaxation if page else Relaxation.NOTHING
