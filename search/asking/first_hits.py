"""Reads the first records that the words of a question found, and puts those first that answer it (ADR 0032).

It finds nothing that the words did not find, and counts nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..access import AccessFilter
from ..engines.base import Engine, Hit, Snippet
from ..query.highlighting import Marker
from ..query.plan import Sort
from ..query.weights import FIRST_HITS, MEANING_SHARE, QUESTION_FROM
from .closeness import RecordText, closeness
from .meaning import Meaning, meaning_of
from .question import Question
from .relaxing import Ranking, Step, search_relaxing


def is_to_be_answered(question: Question) -> bool:
    """Whether it is a question in words. Names, codes, conditions and short requests say what is meant."""
    plan = question.plan
    listed = any(step.plan.as_listed for step in question.steps)
    plain = plan.sort is Sort.RELEVANCE and not (plan.phrases or plan.near or listed)
    places = range(len(question.reading.words))
    return plain and sum(not any(condition.covers(place) for condition in question.conditions) for place in places) >= QUESTION_FROM


def search_and_read(engine: Engine, question: Question, access: AccessFilter) -> Ranking:
    """As ``search_relaxing``, with the first FIRST_HITS records of those counted in a new order: the same ones, as many."""
    page = question.steps[0].plan
    if page.offset >= FIRST_HITS:
        return search_relaxing(engine, question.steps, access)
    meaning, end = meaning_of(question), page.offset + page.size
    ranking = search_relaxing(engine, [_with_texts(step, max(end, FIRST_HITS), meaning) for step in question.steps], access)
    hits, counted = ranking.answer.hits, ranking.counted
    pinned = sum(hit.id in page.pinned for hit in hits[:counted])  # they stand first, and stay there
    first = hits[pinned : min(counted, FIRST_HITS)]
    ordered = (*hits[:pinned], *_ordered(first, question, meaning), *hits[pinned + len(first) :])
    shown = ordered[page.offset : end]
    return Ranking(
        replace(ranking.answer, hits=_with_snippets(shown, question) if page.snippets else shown),
        ranking.relaxation,
        counted=max(0, min(counted, end) - page.offset),
        followers=ranking.followers if end > counted else 0,
    )


def _with_texts(step: Step, size: int, meaning: Meaning | None) -> Step:
    vector = meaning.vector if meaning else None
    return replace(step, plan=replace(step.plan, offset=0, size=size, meaning=vector, texts=True, snippets=False, ids_only=False))


def _ordered(hits: Sequence[Hit], question: Question, meaning: Meaning | None) -> list[Hit]:
    """The hits in the order of all that is known of them: scores of words as shares of the best, their closeness, what they mean.

    One that has no vector yet takes the average worth.
    """
    close = closeness(question.reading.read, {hit.id: RecordText(hit.titles, hit.texts) for hit in hits})
    worth = {hit.id: meaning.worth(hit.likeness) for hit in hits if hit.likeness is not None} if meaning else {}
    share, usual = (MEANING_SHARE, sum(worth.values()) / len(worth)) if worth else (0.0, 0.0)
    best = max((hit.score for hit in hits), default=0.0) or 1.0

    def value(hit: Hit) -> float:
        return (1.0 - share) * hit.score / best + share * worth.get(hit.id, usual) + close[hit.id]

    return sorted(hits, key=lambda hit: (-value(hit), hit.id))


def _with_snippets(hits: Sequence[Hit], question: Question) -> tuple[Hit, ...]:
    marker = Marker(question.plan.highlight)
    return tuple(replace(hit, snippets=(Snippet("body", marker.snippet(hit.texts)),) if hit.texts else ()) for hit in hits)
