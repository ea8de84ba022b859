"""Orders what the words of a question found by its meaning too. It finds nothing that the words did not find, and counts nothing."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..access import AccessFilter
from ..engines.base import Engine, Hit
from ..query.plan import Sort
from ..query.weights import MEANING_SHARE, MEANING_WINDOW, QUESTION_FROM
from ..semantic.embedder import ModelUnavailable
from ..semantic.installed import embedder, question_vector
from ..semantic.vectors import Vector
from ..understanding import Reading
from .question import Question
from .relaxing import Ranking, Step, search_relaxing

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question means, and the scale of the model that read it."""

    vector: Vector
    scale: tuple[float, float]

    def worth(self, likeness: float) -> float:
        """From 0 for what has nothing to do with the question to 1 for what answers it best."""
        unlike, like = self.scale
        return (likeness - unlike) / (like - unlike)


def meaning_of(question: Question) -> Meaning | None:
    """What a question means. None for names, codes, conditions and short requests, whose words say what is meant; None where it is off."""
    model = embedder()
    if model is None:
        return None
    plan, reading = question.plan, question.reading
    listed = any(step.plan.as_listed for step in question.steps)
    plain = plan.sort is Sort.RELEVANCE and not (plan.phrases or plan.near or listed)
    free = sum(not any(condition.covers(place) for condition in question.conditions) for place in range(len(reading.words)))
    if not plain or free < QUESTION_FROM:
        return None
    try:
        return Meaning(question_vector(_as_read(reading)), model.scale)
    except ModelUnavailable as error:
        logger.warning("Questions are ordered by their words alone: %s", error)
        return None


def search_by_meaning(engine: Engine, steps: Sequence[Step], access: AccessFilter, meaning: Meaning) -> Ranking:
    """As ``search_relaxing``, with the first MEANING_WINDOW records that have all that was asked in a new order: the same ones, as many."""
    page = steps[0].plan
    if page.offset >= MEANING_WINDOW:
        return search_relaxing(engine, steps, access)
    end = page.offset + page.size
    size = max(end, MEANING_WINDOW)
    wide = [Step(step.relaxation, replace(step.plan, offset=0, size=size, meaning=meaning.vector)) for step in steps]
    ranking = search_relaxing(engine, wide, access)
    hits, counted = ranking.answer.hits, ranking.counted
    pinned = sum(hit.id in page.pinned for hit in hits[:counted])  # they stand first, and stay there
    window = hits[pinned : min(counted, MEANING_WINDOW)]
    ordered = (*hits[:pinned], *mixed(window, meaning), *hits[pinned + len(window) :])
    return Ranking(
        replace(ranking.answer, hits=ordered[page.offset : end]),
        ranking.relaxation,
        counted=max(0, min(counted, end) - page.offset),
        followers=ranking.followers if end > counted else 0,
    )


def mixed(hits: Sequence[Hit], meaning: Meaning) -> list[Hit]:
    """The hits in the order of both: scores of words as shares of the best, and the worth of what they mean.

    One that has no vector yet takes the average worth, so that its words alone place it.
    """
    worth = {hit.id: meaning.worth(hit.likeness) for hit in hits if hit.likeness is not None}
    if not worth:
        return list(hits)
    best = max(hit.score for hit in hits) or 1.0
    usual = sum(worth.values()) / len(worth)
    both = {hit.id: (1.0 - MEANING_SHARE) * hit.score / best + MEANING_SHARE * worth.get(hit.id, usual) for hit in hits}
    return sorted(hits, key=lambda hit: (-both[hit.id], hit.id))


def _as_read(reading: Reading) -> str:
    """The question with the marks and the spelling that it most likely should have: the model hardly reads Vietnamese without them."""
    text = reading.typed
    for place in range(len(reading.words) - 1, -1, -1):
        start, end = reading.places[place]
        if reading.read[place] != reading.words[place]:
            text = text[:start] + _in_case(reading.read[place].written, text[start:end]) + text[end:]
    return text


def _in_case(word: str, typed: str) -> str:
    """The word in capitals or with a capital where the typed one is so: the model knows names by that."""
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
