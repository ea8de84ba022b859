"""A generation of the embedded index that is being built."""

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from search.access import AccessFilter
from search.engines.base import Answer, Outcome, Write
from search.query.plan import Plan

from .answers import answer_of
from .generations import Generations
from .store import Reader, Writing, ids_and_versions, writing

LOADING_BYTES = 256_000_000
LOADING_THREADS = 1  # keeps up with the one that makes documents; a second makes more segments, and a fifth more work of the same
LOADED_AT_ONCE = 50_000  # records; fewer commits make fewer merges, and drainers wait no longer than these take


class EmbeddedRebuild:
    """A generation being built; drainers write to it too, whenever its writers are given back."""

    def __init__(self, generations: Generations, folder: Path, refresh: Callable[[], None]) -> None:
        self._generations, self._folder, self._refresh = generations, folder, refresh
        self._open_writers = ExitStack()
        self._writing: Writing | None = None
        self._loaded = 0

    def load(self, documents: Iterable[Write]) -> int:
        """Write a chunk; what a drainer has written newer is left alone. It is durable at the latest with ``activate``."""
        batch = list(documents)
        if self._writing is None:
            self._writing = self._open_writers.enter_context(writing(Reader(self._folder), LOADING_BYTES, LOADING_THREADS))
        with ExitStack() as unfinished:
            unfinished.push(self._close_writers)
            results = self._writing.apply(batch)
            unfinished.pop_all()
        self._loaded += len(batch)
        if self._loaded >= LOADED_AT_ONCE:
            self._close_writers()
        return sum(result.outcome is Outcome.DONE for result in results)

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after`` in the new index."""
        self._close_writers()
        return ids_and_versions(Reader(self._folder), after, limit)

    def search(self, plan: Plan, access: AccessFilter) -> Answer:
        """One page of hits from the new index."""
        self._close_writers()
        return answer_of(Reader(self._folder), plan, access)

    def activate(self) -> None:
        """Point CURRENT to the new generation, then remove what nobody uses."""
        self._close_writers()
        self._generations.activate(self._folder)
        self._generations.sweep()
        self._refresh()

    def abandon(self) -> None:
        """Remove the new generation."""
        self._close_writers(*sys.exc_info())
        self._generations.abandon(self._folder)

    def _close_writers(self, *error: Any) -> None:
        """Commit, unless there was an error, and give the writers back."""
        self._writing, self._loaded = None, 0
        stack, self._open_writers = self._open_writers, ExitStack()
        stack.__exit__(*(error or (None, None, None)))
