"""An Elasticsearch index that is being built."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from search.access import AccessFilter
from search.engines.base import Answer, Outcome, Write, WriteResult
from search.query.plan import Plan

from .mapping import RECORDS, Names


class Indexes(Protocol):
    """What a rebuild asks of the engine."""

    building: Names

    def load(self, names: Names, batch: Sequence[Write]) -> list[WriteResult]: ...
    def walk(self, index: str, after: int, limit: int) -> list[tuple[int, int]]: ...
    def try_out(self, names: Names, plan: Plan, access: AccessFilter) -> Answer: ...
    def activate(self, fresh: Names) -> None: ...
    def delete_behind(self, names: Names) -> None: ...


class ElasticRebuild:
    """An index being built under an alias of its own, so that drainers write to it too."""

    def __init__(self, engine: Indexes, fresh: Names) -> None:
        self._engine, self._fresh = engine, fresh

    def load(self, documents: Iterable[Write]) -> int:
        """In bulk; external versions leave alone what a drainer has written newer."""
        results = self._engine.load(self._fresh, list(documents))
        refused = [result for result in results if result.outcome is Outcome.REFUSED]
        if refused:
            raise ValueError(f"Elasticsearch refused record {refused[0].id}: {refused[0].error}")
        return sum(result.outcome is Outcome.DONE for result in results)

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after`` in the new index."""
        return self._engine.walk(self._fresh[RECORDS], after, limit)

    def search(self, plan: Plan, access: AccessFilter) -> Answer:
        """One page of hits from the new index."""
        return self._engine.try_out(self._fresh, plan, access)

    def activate(self) -> None:
        """Move the aliases."""
        self._engine.activate(self._fresh)

    def abandon(self) -> None:
        """Delete the new index."""
        self._engine.delete_behind(self._engine.building)
