"""The Elasticsearch engine behind the interface of both: one alias for the index in use, one for the index being built."""

import time
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.access import AccessFilter
from search.analysis import half_typed
from search.engines.base import (
    SCHEMA,
    Answer,
    EngineUnavailable,
    Health,
    IndexOutdated,
    Passage,
    Suggestion,
    Write,
    WriteResult,
)
from search.query.plan import Plan
from search.semantic.vectors import VectorSpace

from .answers import answer_of, passage_of
from .bodies import inside_body, passages_body, search_bodies, suggest_body
from .breaker import Breaker
from .calls import Reply, called, side_by_side
from .connection import Connection
from .mapping import KINDS, PASSAGES, RECORDS, Names, passage_mapping, record_mapping, settings
from .rebuild import ElasticRebuild
from .writing import bulk_operations, passage_operations, requests_of, results_of, stale_passages

ANSWER_WITHIN = 3.0  # seconds, for a reader, once connected; no retry inside a request
WRITE_WITHIN = 60.0  # seconds, for a batch
OLD_INDEX_KEPT = 24 * 3600 * 1000  # milliseconds


class ElasticEngine:
    """An index on a server. A reader waits for it a few seconds, the index worker a minute."""

    name = "elasticsearch"

    def __init__(self, url: str, prefix: str, facets: Sequence[str], space: VectorSpace | None = None) -> None:
        self._client = Elasticsearch(url, request_timeout=ANSWER_WITHIN, max_retries=0, retry_on_timeout=False, node_class=Connection)
        self._patient = self._client.options(request_timeout=WRITE_WITHIN)
        self._prefix = prefix
        self._facets, self._space = tuple(facets), space
        self._breaker = Breaker()
        self._ensured = False
        self.current: Names = {kind: f"{prefix}-{kind}" for kind in KINDS}
        self.building: Names = {kind: f"{prefix}-{kind}-building" for kind in KINDS}

    def ensure(self) -> None:
        """Create the index if there is none; refuse one that was built for other facets."""
        if not called(self._patient.indices.exists_alias, name=self.current[RECORDS]):
            self._create(self.current)
            return
        self._check_made_for(self.current[RECORDS])

    def _check_made_for(self, alias: str) -> None:
        (mapping,) = called(self._patient.indices.get_mapping, index=alias).values()
        made_for = mapping["mappings"]["_meta"]
        if made_for.get("schema") != SCHEMA:
            raise IndexOutdated("the Elasticsearch index was built by another version of this site: run rebuild_index")
        if tuple(made_for["facets"]) != self._facets:
            raise IndexOutdated("the Elasticsearch index was built for other facets than the profiles declare now: run rebuild_index")
        if made_for.get("vectors") != (self._space and self._space.name):
            raise IndexOutdated("the Elasticsearch index was built under another SEARCH_SEMANTIC or model: run rebuild_index")

    def write(self, batch: Sequence[Write]) -> list[WriteResult]:
        """Apply the batch to the index being built, if any, then to the one in use, whose answers count."""
        if not self._ensured:
            self.ensure()
            self._ensured = True
        if called(self._patient.indices.exists_alias, name=self.building[RECORDS]):
            self._apply(self.building, batch)
        return self._apply(self.current, batch)

    def refresh(self) -> None:
        """Make what was written findable now."""
        called(self._patient.indices.refresh, index=list(self.current.values()))

    def search(self, plan: Plan, access: AccessFilter) -> Answer:
        """One page of hits with facet counts."""
        arguments = {"index": self.current[RECORDS], "bodies": search_bodies(plan, access)}
        return answer_of(self._asked(side_by_side, client=self._client, **arguments), plan)

    def inside(self, plan: Plan, access: AccessFilter) -> tuple[int, ...]:
        """Records by their best passage."""
        body = inside_body(plan, access)
        if body is None:
            return ()
        reply = self._asked(self._client.search, index=self.current[PASSAGES], body=body)
        return tuple(hit["fields"]["record_id"][0] for hit in reply["hits"]["hits"])

    def try_out(self, names: Names, plan: Plan, access: AccessFilter) -> Answer:
        """One page of hits from an index that readers do not meet yet."""
        called(self._patient.indices.refresh, index=names[RECORDS])
        arguments = {"index": names[RECORDS], "bodies": search_bodies(plan, access)}
        return answer_of(called(side_by_side, client=self._patient, **arguments), plan)

    def passages(self, plan: Plan, access: AccessFilter, ids: Sequence[int], per_record: int) -> dict[int, tuple[Passage, ...]]:
        """The best passages inside the records given: one query for all of them."""
        body = passages_body(plan, access, ids, per_record)
        if body is None:
            return {}
        reply = self._asked(self._client.search, index=self.current[PASSAGES], body=body)
        groups = (group["inner_hits"]["best"]["hits"]["hits"] for group in reply["hits"]["hits"])
        return {group[0]["_source"]["record_id"]: tuple(passage_of(hit["_source"]) for hit in group) for group in groups}

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """Titles and other names that begin like each word typed."""
        words = half_typed(typed)
        if not words:
            return []
        reply = self._asked(self._client.search, index=self.current[RECORDS], body=suggest_body(words, access, limit))
        return [Suggestion(int(hit["_id"]), hit["_source"]["title"][0]) for hit in reply["hits"]["hits"]]

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after`` in order, with their versions."""
        return self.walk(self.current[RECORDS], after, limit)

    def begin_rebuild(self) -> ElasticRebuild:
        """An index beside the one in use: the one that an interrupted rebuild left, if it can go on; else a new one."""
        if left := self._unfinished():
            return ElasticRebuild(self, left)
        self.delete_behind(self.building)
        self._sweep()
        return ElasticRebuild(self, self._create(self.building))

    def _unfinished(self) -> Names:
        """The indexes that a rebuild of the last day left behind, if they are whole and made for the facets of today; else nothing."""
        left: Names = {}
        for kind, alias in self.building.items():
            if called(self._patient.indices.exists_alias, name=alias):
                for index, about in called(self._patient.indices.get_settings, index=alias).items():
                    if time.time() * 1000 - int(about["settings"]["index"]["creation_date"]) < OLD_INDEX_KEPT:
                        left[kind] = index
        try:
            if len(left) == len(self.building):
                self._check_made_for(self.building[RECORDS])
                return left
        except IndexOutdated:
            pass
        return {}

    def health(self) -> Health:
        """Whether the server answers and the index is whole and writable."""
        try:
            state = self._client.cluster.health(index=self.current[RECORDS])
            count = self._client.count(index=self.current[RECORDS])["count"]
        except (ApiError, TransportError) as error:
            return Health(False, 0, str(error))
        return Health(state["status"] != "red", count, f"{state['cluster_name']}: {state['status']}")

    def walk(self, index: str, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after`` of an index in order, with their versions. A walk that begins sees all that was written before."""
        if not after:  # an index that is being built is never refreshed by itself
            called(self._patient.indices.refresh, index=index)
        above = {"range": {"id": {"gt": after}}}
        reply = called(self._patient.search, index=index, query=above, sort=[{"id": "asc"}], size=limit, source_includes=["id", "version"])
        return [(hit["_source"]["id"], hit["_source"]["version"]) for hit in reply["hits"]["hits"]]

    def load(self, names: Names, batch: Sequence[Write], *, by_alias: bool = False) -> list[WriteResult]:
        """Write records and their passages. ``by_alias``: an alias that is gone must never become an index of that name."""
        items: list[dict[str, Any]] = []
        for request in requests_of(chain(passage_operations(names[PASSAGES], batch), bulk_operations(names[RECORDS], batch))):
            items += called(self._patient.bulk, operations=request, require_alias=by_alias)["items"]
        return results_of([item for item in items if next(iter(item.values()))["_index"].startswith(f"{self._prefix}-{RECORDS}")])

    def activate(self, fresh: Names) -> None:
        """Make what was loaded findable, then move both aliases in one call."""
        indices = list(fresh.values())
        called(self._patient.indices.put_settings, index=indices, settings={"refresh_interval": "1s"})
        called(self._patient.indices.refresh, index=indices)
        actions: list[dict[str, Any]] = []
        for kind, index in fresh.items():
            actions += [{"remove": {"index": f"{self._prefix}-{kind}-*", "alias": self.current[kind], "must_exist": False}}]
            actions += [{"remove": {"index": index, "alias": self.building[kind]}}, {"add": {"index": index, "alias": self.current[kind]}}]
        called(self._patient.indices.update_aliases, actions=actions)

    def delete_behind(self, names: Names) -> None:
        """Delete the indexes that aliases point to, if there are any."""
        for alias in names.values():
            if called(self._patient.indices.exists_alias, name=alias):
                for index in called(self._patient.indices.get_alias, name=alias):
                    called(self._patient.indices.delete, index=index)

    def delete_all(self) -> None:
        """Delete every index of this prefix, in use or not: for throw-away indexes."""
        if found := list(called(self._patient.indices.get, index=[f"{self._prefix}-{kind}-*" for kind in KINDS])):
            called(self._patient.indices.delete, index=found)

    def _create(self, aliases: Names) -> Names:
        stamp = time.strftime("%Y%m%d-%H%M%S") + f"-{time.monotonic_ns() % 10**6:06d}"
        fresh = {kind: f"{self._prefix}-{kind}-{stamp}" for kind in KINDS}
        mappings = {RECORDS: record_mapping(self._facets, self._space), PASSAGES: passage_mapping()}
        for kind, index in fresh.items():
            definition = {"settings": settings(), "mappings": mappings[kind], "aliases": {aliases[kind]: {}}}
            called(self._patient.indices.create, index=index, **definition)
        return fresh

    def _apply(self, names: Names, batch: Sequence[Write]) -> list[WriteResult]:
        results = self.load(names, batch, by_alias=True)
        called(self._patient.indices.refresh, index=names[PASSAGES])
        stale = stale_passages(batch)
        called(self._patient.delete_by_query, index=names[PASSAGES], query=stale, conflicts="proceed")
        return results

    def _sweep(self) -> None:
        """Delete indexes that no alias names and that are more than a day old."""
        indexes = called(self._patient.indices.get, index=[f"{self._prefix}-{kind}-*" for kind in KINDS])
        for index, state in indexes.items():
            age = time.time() * 1000 - int(state["settings"]["index"]["creation_date"])
            if not state["aliases"] and age > OLD_INDEX_KEPT:
                called(self._patient.indices.delete, index=index)

    def _asked(self, ask: Callable[..., Reply], **arguments: Any) -> Reply:
        """A reader's question: not even asked while the breaker is open."""
        if self._breaker.open:
            raise EngineUnavailable("Elasticsearch did not answer three times in a row; it is asked again soon")
        try:
            answer = called(ask, **arguments)
        except EngineUnavailable:
            self._breaker.failed()
            raise
        self._breaker.answered()
        return answer
