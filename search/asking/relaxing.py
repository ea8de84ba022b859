"""What to do when a search finds nothing: search again with fewer conditions, and return which ones were dropped for the notice."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from ..access import AccessFilter
from ..engines.base import Answer, Engine
from ..query.plan import Plan


class Relaxation(StrEnum):
    """What the words of the query no longer had to fulfil."""

    NOTHING = ""
    MOST_WORDS = "most_words"  # no record has most of the words
    PHRASES = "phrases"  # no record has the words between quotation marks side by side


def _without_coverage(plan: Plan) -> Plan:
    return replace(plan, coverage=(), coverage_minimum=0)


def _without_phrases(plan: Plan) -> Plan:
    return replace(_without_coverage(plan), phrases=())


_STEPS: tuple[tuple[Relaxation, Callable[[Plan], Plan]], ...] = (
    (Relaxation.MOST_WORDS, _without_coverage),
    (Relaxation.PHRASES, _without_phrases),
)


def search_relaxing(engine: Engine, plan: Plan, access: AccessFilter) -> tuple[Answer, Relaxation]:
    """The answer to the plan, or to the strictest easier one that finds anything."""
    answer = engine.search(plan, access)
    last = plan
    for relaxation, ease in _STEPS:
        easier = ease(plan)
        if answer.total or not plan.clauses:
            break
        if easier != last:
            last, answer = easier, engine.search(easier, access)
            if answer.total:
                return answer, relaxation
    return answer, Relaxation.NOTHING
