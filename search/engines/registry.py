"""The engines of this installation: which indexes are kept, and which answers readers."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings

from search.facets import indexed_facets
from search.semantic.installed import vector_space

from .base import Engine
from .embedded import EmbeddedEngine

LEXICON_FILE = "lexicon.sqlite3"


def _embedded() -> Engine:
    return EmbeddedEngine(index_folder() / "embedded", indexed_facets(), vector_space())


def _elastic() -> Engine:
    from .elastic import ElasticEngine  # needs an optional package; the settings refuse to start without it

    return ElasticEngine(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_PREFIX, indexed_facets(), vector_space())


_MAKERS: dict[str, Callable[[], Engine]] = {"embedded": _embedded, "elasticsearch": _elastic}


def engine_names() -> tuple[str, ...]:
    """Names of the engines whose indexes are kept: first the one that answers readers, then those that replace it when it is down.

    Rows of the outbox call such a name ``sink``.
    """
    return tuple(dict.fromkeys([settings.SEARCH_ENGINE, *settings.SEARCH_FALLBACKS]))


def engines() -> list[Engine]:
    """The engines in the order in which they are asked."""
    return [engine(name) for name in engine_names()]


@cache
def engine(name: str) -> Engine:
    """The engine of that name; one for each process."""
    return _MAKERS[name]()


def forget_engines() -> None:
    """Make the engines again at the next call: settings or profiles have changed."""
    engine.cache_clear()


def index_folder() -> Path:
    """Where the embedded index and the lexicon live."""
    return Path(settings.SEARCH_INDEX_DIR)


def lexicon_path() -> Path:
    """Where what was learned from public text lives."""
    return index_folder() / LEXICON_FILE
