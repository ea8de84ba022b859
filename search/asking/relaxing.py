"""From records that have all that was asked to records that have a part of it, and what to drop when nothing is found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..access import AccessFilter
from ..engines.base import Answer, Engine
from ..query.plan import Plan, Sort


class Relaxation(StrEnum):
    """What the words of the query no longer had to fulfil, in records that are counted."""

    NOTHING = ""
    SOME_CONDITIONS = "some_conditions"  # no record fulfils all that was understood; these fulfil who and where
    CONDITIONS = "conditions"  # no record fulfils what was understood; these have the words, whatever they mean
    PART = "part"  # no record has all of the words; these have at least half
    MOST_WORDS = "most_words"  # no record has most of the words
    PHRASES = "phrases"  # no record has the words between quotation marks side by side


FOLLOWED = (Relaxation.NOTHING, Relaxation.SOME_CONDITIONS, Relaxation.CONDITIONS)
IN_PART = (Relaxation.CONDITIONS, Relaxation.PART)  # what may follow records that have all that was asked


@dataclass(frozen=True, slots=True)
class Step:
    """One search of a request, and what it no longer asks for."""

    relaxation: Relaxation
    plan: Plan


@dataclass(frozen=True, slots=True)
class Ranking:
    """One page of a request. ``answer`` counts the records of the first step that found any; records that have only a part of
    what was asked follow them in its hits, and are not counted in it."""

    answer: Answer
    relaxation: Relaxation
    counted: int  # how many hits of the page are among those counted
    followers: int = 0  # how many records follow those counted, on this page and later; 0 where the page had no room for any


def steps_of(plan: Plan, whole: Plan, understood: Sequence[Step] = ()) -> tuple[Step, ...]:
    """The searches of a request from the strictest to the easiest. ``whole`` asks for everything, ``plan`` for a part of the words.

    ``understood`` ask for what the words mean; where nothing is that, the words are looked for as they are.
    """
    any_word = replace(plan, coverage=(), coverage_minimum=0)
    steps: tuple[Step, ...] = (
        Step(Relaxation.NOTHING, whole),
        Step(Relaxation.PART, plan),
        Step(Relaxation.MOST_WORDS, any_word),
        Step(Relaxation.PHRASES, replace(any_word, phrases=())),
    )
    if understood:
        steps = (*understood, Step(Relaxation.CONDITIONS, whole), *steps[1:])
    different = [step for number, step in enumerate(steps) if number == 0 or step.plan != steps[number - 1].plan]
    return tuple(different) if whole.clauses else steps[:1]


def search_relaxing(engine: Engine, steps: Sequence[Step], access: AccessFilter) -> Ranking:
    """One page of the first step that finds anything. Behind the last record that has all stand those that have a part."""
    for step in steps:
        answer = _answer(engine, replace(step.plan, counts_of_nothing=step is steps[-1]), access)
        if answer.total:
            break
    else:
        step = steps[0]
    part = next((other.plan for other in reversed(steps[1:]) if other.relaxation in IN_PART), None)
    if step.relaxation in FOLLOWED and answer.total and part and part != step.plan:
        return _followed(engine, step, part, answer, access)
    return Ranking(answer, step.relaxation, len(answer.hits))


def _answer(engine: Engine, plan: Plan, access: AccessFilter) -> Answer:
    """The page as the engine orders it, or in the order of the plan's own ids, which are few; the pinned ones first."""
    if not (plan.as_listed and plan.ids and plan.sort is Sort.RELEVANCE):
        return engine.search(plan, access)
    places = {pk: place for place, pk in enumerate(dict.fromkeys((*plan.pinned, *plan.ids)))}
    answer = engine.search(replace(plan, offset=0, size=len(places)), access)
    hits = sorted(answer.hits, key=lambda hit: places[hit.id])
    return replace(answer, hits=tuple(hits[plan.offset : plan.offset + plan.size]))


def _followed(engine: Engine, step: Step, part: Plan, answer: Answer, access: AccessFilter) -> Ranking:
    """The page with its room filled by records that have a part, in the order of relevance only: other orders mix nothing in."""
    whole = step.plan
    room = whole.size - len(answer.hits)
    if not room or whole.sort is not Sort.RELEVANCE:
        return Ranking(answer, step.relaxation, len(answer.hits))
    begin = max(0, whole.offset - answer.total)
    rest = replace(part, apart_from=whole, offset=begin, size=room, facets=(), cells=0)
    others = engine.search(rest, access)
    return Ranking(replace(answer, hits=(*answer.hits, *others.hits)), step.relaxation, len(answer.hits), others.total)
