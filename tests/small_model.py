"""A model with a handful of concepts, in the place of the real one: what it takes for the same is written here."""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest

from search.analysis import keys_of
from search.engines.registry import forget_engines
from search.semantic import installed
from search.semantic.vectors import Vector, VectorSpace

CONCEPTS = (("khèn", "sáo", "nhạc"), ("dệt", "lanh", "vải"), ("ruộng", "lúa", "cày"), ("tết", "mừng", "xuân"))


class SmallModel:
    """Counts the words of each concept. ``read`` are the texts that it was given."""

    space = VectorSpace("small", len(CONCEPTS) + 1)
    scale = (0.0, 1.0)

    def __init__(self) -> None:
        self.read: list[str] = []

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        self.read += texts
        return [_vector(text) for text in texts]

    def question(self, text: str) -> Vector:
        self.read.append(text)
        return _vector(text)


def _vector(text: str) -> Vector:
    written = [word.written for word in keys_of(text)]
    counts = [0.01, *(float(sum(written.count(word) for word in concept)) for concept in CONCEPTS)]
    length = sum(count * count for count in counts) ** 0.5
    return tuple(count / length for count in counts)


def switch_on(monkeypatch: pytest.MonkeyPatch, settings: Any) -> SmallModel:
    """Search by meaning with the small model, at any hour. ``switch_off`` when the test is over."""
    model, module = SmallModel(), ModuleType("search.semantic.e5")
    module.E5Small = lambda: model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "search.semantic.e5", module)
    settings.SEARCH_SEMANTIC = True
    settings.SEARCH_SEMANTIC_HOURS = (0, 0)
    switch_off()
    return model


def switch_off() -> None:
    """Forget the model and the engines that were made for it."""
    installed.embedder.cache_clear()
    installed.question_vector.cache_clear()
    forget_engines()
