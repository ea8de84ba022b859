"""Searching inside recordings and on pages: the passages decide which records come, and in what order; the records' own index
decides what of them a reader may narrow by."""

from collections.abc import Sequence
from dataclasses import replace

from ..access import AccessFilter
from ..engines.base import DEEPEST, Engine
from ..query.plan import Sort
from .relaxing import Ranking, Relaxation, Step

WHOLE = 2  # words of a query that a passage must have all


def search_passages(engine: Engine, steps: Sequence[Step], access: AccessFilter) -> Ranking:
    """One page of the records whose passages have the words, with true counts: those that have all first, best passage first.

    A record counts when its passage is open to the reader, and the record itself passes every filter. One word of two is no find: a
    passage is short.
    """
    inside = ((step, engine.inside(step.plan, access)) for step in steps)
    step, ranked = next(((step, ids) for step, ids in inside if ids), (steps[0], ()))
    part = next((other.plan for other in steps if other.relaxation is Relaxation.PART), None)
    if step.relaxation is Relaxation.NOTHING and part and len(part.coverage) > WHOLE:
        ranked = tuple(dict.fromkeys((*ranked, *engine.inside(part, access))))
    plan = step.plan
    narrowed = replace(plan, clauses=(), coverage=(), coverage_minimum=0, phrases=(), near=None, ids=ranked)
    if plan.sort is not Sort.RELEVANCE:
        answer = engine.search(narrowed, access)
        return Ranking(answer, step.relaxation, len(answer.hits))
    counted = engine.search(replace(narrowed, offset=0, size=DEEPEST, snippets=False), access)
    best = counted
    if len(ranked) > DEEPEST:  # the hits are those of the lowest ids then; ask for the best ranked
        best = engine.search(replace(narrowed, ids=ranked[:DEEPEST], facets=(), cells=0, offset=0, size=DEEPEST, snippets=False), access)
    passing = {hit.id: hit for hit in best.hits}
    page = [passing[record] for record in ranked if record in passing][plan.offset : plan.offset + plan.size]
    return Ranking(replace(counted, hits=tuple(page)), step.relaxation if page else Relaxation.NOTHING, len(page))
