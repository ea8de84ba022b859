"""Labels of facets that a process keeps: asked once, apart for each language, never without bound."""

from collections.abc import Iterable, Iterator

import pytest
from django.utils import translation

from search.facets import labels
from search.facets.labels import MOST_KEPT, _Kept


@pytest.fixture
def asked() -> list[list[str]]:
    return []


@pytest.fixture
def kept(asked: list[list[str]]) -> Iterator[_Kept]:
    def ask(values: Iterable[str]) -> dict[str, str]:
        asked.append(list(values))
        return {value: f"{translation.get_language()} {value}" for value in values if value != "unknown"}

    made = _Kept(ask)
    yield made
    _Kept.every.remove(made)


def test_each_label_is_asked_once(kept: _Kept, asked: list[list[str]]) -> None:
    with translation.override("vi"):
        assert kept(["a", "unknown"]) == {"a": "vi a"}
        assert kept(["a", "unknown", "b"]) == {"a": "vi a", "b": "vi b"}
    assert asked == [["a", "unknown"], ["b"]]


def test_each_language_has_its_own_labels(kept: _Kept) -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert kept(["a"]) == {"a": f"{language} a"}


def test_labels_are_asked_again_when_forgotten(kept: _Kept, asked: list[list[str]]) -> None:
    kept(["a"])
    labels.forget()
    kept(["a"])
    assert asked == [["a"], ["a"]]


def test_values_that_addresses_invent_do_not_fill_the_memory(kept: _Kept) -> None:
    kept([str(number) for number in range(MOST_KEPT + 1)])
    kept(["a"])
    assert len(kept._known) == 1
