"""Labels of facets that a process keeps: asked once, apart for each language, never without bound."""

from collections.abc import Iterable, Iterator

import pytest
from django.utils import translation

from search.facets import labels
from search.facets.labels import MOST_CACHED, CachedLabels


@pytest.fixture
def asked() -> list[list[str]]:
    return []


@pytest.fixture
def cache(asked: list[list[str]]) -> Iterator[CachedLabels]:
    def ask(values: Iterable[str]) -> dict[str, str]:
        asked.append(list(values))
        return {value: f"{translation.get_language()} {value}" for value in values if value != "unknown"}

    cache_of_test = CachedLabels(ask)
    yield cache_of_test
    CachedLabels.every.remove(cache_of_test)


def test_each_label_is_asked_once(cache: CachedLabels, asked: list[list[str]]) -> None:
    with translation.override("vi"):
        assert cache(["a", "unknown"]) == {"a": "vi a"}
        assert cache(["a", "unknown", "b"]) == {"a": "vi a", "b": "vi b"}
    assert asked == [["a", "unknown"], ["b"]]


def test_each_language_has_its_own_labels(cache: CachedLabels) -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert cache(["a"]) == {"a": f"{language} a"}


def test_labels_are_asked_again_when_forgotten(cache: CachedLabels, asked: list[list[str]]) -> None:
    cache(["a"])
    labels.forget()
    cache(["a"])
    assert asked == [["a"], ["a"]]


def test_values_that_addresses_invent_do_not_fill_the_memory(cache: CachedLabels) -> None:
    cache([str(number) for number in range(MOST_CACHED + 1)])
    cache(["a"])
    assert len(cache._cached) == 1
