"""What a question means, where search by meaning is on."""

import logging
from dataclasses import dataclass

from ..semantic.embedder import ModelUnavailable
from ..semantic.installed import embedder, question_vector
from ..semantic.vectors import Vector
from ..understanding import Reading
from .question import Question

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
    """What a question means. None where search by meaning is off, or the model cannot read on this machine."""
    model = embedder()
    if model is None:
        return None
    try:
        return Meaning(question_vector(_as_read(question.reading)), model.scale)
    except ModelUnavailable as error:
        logger.warning("Questions are ordered by their words alone: %s", error)
        return None


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
