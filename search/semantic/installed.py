"""The model of this installation; none where search by meaning is off."""

from functools import cache, lru_cache

from django.conf import settings

from .embedder import Embedder
from .vectors import Vector, VectorSpace

REMEMBERED = 200  # questions: the next page and a chosen facet ask the same one again


@cache
def embedder() -> Embedder | None:
    """The model, one for each process; None where SEARCH_SEMANTIC is off. It is loaded when it first reads a text."""
    if not settings.SEARCH_SEMANTIC:
        return None
    from .e5 import E5Small  # needs an optional package; the settings refuse to start without it

    return E5Small()


@lru_cache(maxsize=REMEMBERED)
def question_vector(question: str) -> Vector:
    """What a question means, where search by meaning is on. Raises ModelUnavailable."""
    model = embedder()
    assert model
    return model.question(question)


def vector_space() -> VectorSpace | None:
    """The space of the vectors that the indexes keep; None where they keep none."""
    model = embedder()
    return model.space if model else None
