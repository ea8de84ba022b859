"""The embedded engine behind the interface of both. It reads and writes through store.py and asks through queries.py."""

import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from search.access import AccessFilter
from search.analysis import half_typed
from search.engines.base import (
    DEEPEST,
    MOST_CELLS,
    MOST_INSIDE,
    Answer,
    EngineUnavailable,
    Health,
    Hit,
    IndexOutdated,
    Outcome,
    Passage,
    Snippet,
    Suggestion,
    Write,
    WriteResult,
)
from search.query.highlighting import Marker
from search.query.plan import Plan, Sort

from . import queries
from .fields import facet_field, unpacked
from .generations import Generations
from .store import Reader, Writing, create, ids_and_versions, writing

LOADING_BYTES = 256_000_000
LOADING_THREADS = min(2, os.cpu_count() or 1)
LOADED_AT_ONCE = 50_000  # records; fewer commits make fewer merges, and drainers wait no longer than these take
LOOK_AGAIN_AFTER = 1.0  # seconds between a reader's looks for a newer state
MOST_FACET_VALUES = 10_000
_SORTED_BY = {Sort.NEWEST: ("sort_newest", Order.Desc), Sort.DATE: ("sort_date", Order.Asc), Sort.TITLE: ("sort_title", Order.Asc)}
Found = list[tuple[float, DocAddress]]


class EmbeddedEngine:
    """The index in a folder. Many processes may read; whichever holds tantivy's lock writes, and the others try again later."""

    name = "embedded"

    def __init__(self, folder: Path, facets: Sequence[str]) -> None:
        self._generations = Generations(folder)
        self._facets = tuple(facets)
        self._opening = threading.Lock()
        self._reader: Reader | None = None

    def ensure(self) -> None:
        """Create the index if there is none; refuse one that was built for other facets."""
        if self._generations.current() is None:
            folder = self._generations.start()
            create(folder, self._facets)
            self._generations.switch(folder)
        elif self._open().facets != self._facets:
            raise IndexOutdated("the embedded index was built for other facets than the profiles declare now: run rebuild_index")

    def write(self, batch: Sequence[Write]) -> list[WriteResult]:
        """One commit for the batch, in the generation in use and in the one being built."""
        self.ensure()
        with writing(self._open()) as current:
            results = current.apply(batch)
        self.refresh()
        building = self._generations.building()
        if building is not None:  # where a loader holds it, the batch is told to come again; readers have it already
            with writing(Reader(building)) as other:
                other.apply(batch)
        return results

    def refresh(self) -> None:
        """Look at what was last committed."""
        self._reader = None

    def search(self, plan: Plan, access: AccessFilter) -> Answer:
        """One page of hits, with the best passage of each, and the counts of the facets asked for."""
        return _answer(self._open(), plan, access)

    def inside(self, plan: Plan, access: AccessFilter) -> tuple[int, ...]:
        """Records by their best passage."""
        reader = self._open()
        query = queries.inside_query(reader.passage_schema, plan, access)
        if query is None:
            return ()
        addresses = [address for _, address in reader.passages.search(query, MOST_INSIDE, count=False).hits]
        return tuple(dict.fromkeys(int(number or 0) for number in reader.passages.fast_field_values("id", addresses)))

    def passages(self, plan: Plan, access: AccessFilter, ids: Sequence[int], per_record: int) -> dict[int, tuple[Passage, ...]]:
        """The best passages inside the records given: one query for all of them."""
        reader = self._open()
        query = queries.passage_query(reader.passage_schema, plan, access, ids)
        if query is None:
            return {}
        found: dict[int, list[Passage]] = defaultdict(list)
        for _, address in reader.passages.search(query, DEEPEST, count=False).hits:
            passage = _passage(reader, address)
            if len(found[passage.record_id]) < per_record:
                found[passage.record_id].append(passage)
        return {record: tuple(passages) for record, passages in found.items()}

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """Titles and other names that begin like each word typed; the tone of the words is preferred, never required."""
        reader, words = self._open(), half_typed(typed)
        if not words:
            return []
        query = queries.suggestion_query(reader.schema, words, access)
        found = (_kept(reader.records, address) for _, address in reader.records.search(query, limit, count=False).hits)
        return [Suggestion(number, shown["title"][0]) for number, shown in found]

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after`` in order, with their versions."""
        return ids_and_versions(self._open(), after, limit)

    def begin_rebuild(self) -> "EmbeddedRebuild":
        """A new generation beside the one in use."""
        self.ensure_folder_free()
        folder = self._generations.start()
        create(folder, self._facets)
        return EmbeddedRebuild(self, self._generations, folder)

    def ensure_folder_free(self) -> None:
        """Forget a generation that an interrupted rebuild left behind."""
        left = self._generations.building()
        if left is not None:
            self._generations.abandon(left)

    def health(self) -> Health:
        """Whether there is an index, and how many records it holds."""
        if self._generations.current() is None:
            return Health(False, 0, "no index yet")
        reader = self._open()
        return Health(True, reader.records.num_docs, str(reader.folder))

    def _open(self) -> "Reader":
        """The generation in use, looked for again at most once a second."""
        reader = self._reader
        if reader is None or time.monotonic() - reader.looked_at > LOOK_AGAIN_AFTER:
            with self._opening:
                current = self._generations.current()
                if current is None:
                    raise EngineUnavailable("there is no embedded index yet: run rebuild_index")
                reader = self._reader = reader.renewed() if reader and reader.folder == current else Reader(current)
        return reader


class EmbeddedRebuild:
    """A generation being built; drainers write to it too, whenever its writers are given back."""

    def __init__(self, engine: EmbeddedEngine, generations: Generations, folder: Path) -> None:
        self._engine, self._generations, self._folder = engine, generations, folder
        self._held = ExitStack()
        self._writing: Writing | None = None
        self._loaded = 0

    def load(self, documents: Iterable[Write]) -> int:
        """Write a chunk; what a drainer has written newer is left alone. It is durable at the latest with ``switch``."""
        batch = list(documents)
        if self._writing is None:
            self._writing = self._held.enter_context(writing(Reader(self._folder), LOADING_BYTES, LOADING_THREADS))
        try:
            results = self._writing.apply(batch)
        except BaseException:
            self._let_go(*sys.exc_info())
            raise
        self._loaded += len(batch)
        if self._loaded >= LOADED_AT_ONCE:
            self._let_go()
        return sum(result.outcome is Outcome.DONE for result in results)

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after`` in the new index."""
        self._let_go()
        return ids_and_versions(Reader(self._folder), after, limit)

    def search(self, plan: Plan, access: AccessFilter) -> Answer:
        """One page of hits from the new index."""
        self._let_go()
        return _answer(Reader(self._folder), plan, access)

    def switch(self) -> None:
        """Point CURRENT to the new generation, then remove what nobody uses."""
        self._let_go()
        self._generations.switch(self._folder)
        self._generations.sweep()
        self._engine.refresh()

    def abandon(self) -> None:
        """Remove the new generation."""
        self._let_go(*sys.exc_info())
        self._generations.abandon(self._folder)

    def _let_go(self, *error: Any) -> None:
        """Commit, unless there was an error, and give the writers back."""
        self._writing, self._loaded = None, 0
        held, self._held = self._held, ExitStack()
        held.__exit__(*(error or (None, None, None)))


def _answer(reader: Reader, plan: Plan, access: AccessFilter) -> Answer:
    """One page of hits, with counts."""
    if not {choice.name for choice in plan.filters} <= set(reader.facets):
        return Answer()  # a facet that was declared after this index was built has no records in it yet
    plan = replace(plan, facets=tuple(name for name in plan.facets if name in reader.facets))
    query = queries.record_query(reader.schema, plan, access)
    found, total = _page(reader, query, plan)
    marker = Marker(plan.highlight)
    hits = tuple(_hit(reader, plan, marker, score, address) for score, address in found)
    return Answer(hits, total, _facet_counts(reader, query, plan, access), _cell_counts(reader, query, plan.cells))


def _page(reader: Reader, query: Query, plan: Plan) -> tuple[Found, int]:
    """The hits of one page and the number of all. Equal scores are ordered by id, whatever pages the reader has seen."""
    order, end = _SORTED_BY.get(plan.sort), min(plan.offset + plan.size, DEEPEST)
    if plan.sort is Sort.RELEVANCE and not plan.clauses:
        order = ("id", Order.Asc)
    if order:
        field, direction = order
        result = reader.records.search(query, end, order_by_field=field, order=direction)
        return [(0.0, address) for _, address in result.hits[plan.offset :]], _count(result)
    limit = max(end, 1)
    while True:
        result = reader.records.search(query, limit + 1)
        hits = result.hits
        if len(hits) <= end or hits[-1][0] < hits[end - 1][0] or limit >= _count(result):
            break
        limit *= 2
    ids = reader.records.fast_field_values("id", [address for _, address in hits])
    ranked = sorted(zip(hits, ids, strict=True), key=lambda item: (-item[0][0], item[1]))
    return [hit for hit, _ in ranked[plan.offset : end]], _count(result)


def _hit(reader: Reader, plan: Plan, marker: Marker, score: float, address: DocAddress) -> Hit:
    number, shown = _kept(reader.records, address)
    snippets = (Snippet("body", marker.best_window(_best_text(shown["body"], marker))),) if plan.snippets and shown["body"] else ()
    return Hit(number, score, tuple(shown["title"]), tuple(shown["names"]), snippets)


def _kept(searcher: Searcher, address: DocAddress) -> tuple[int, dict[str, Any]]:
    """The record's id and what was stored with the document."""
    document = searcher.doc(address)
    number, stored = document.get_first("id"), document.get_first("stored")
    assert number is not None and stored is not None
    return number, unpacked(stored)


def _count(result: SearchResult) -> int:
    return result.count  # type: ignore[attr-defined]  # tantivy's stub leaves it out


def _best_text(texts: Sequence[str], marker: Marker) -> str:
    """The text of a record that holds the most different words of the query; the first where none does."""
    return max(texts, key=marker.different_words) if len(texts) > 1 else texts[0]


def _passage(reader: Reader, address: DocAddress) -> Passage:
    record, kept = _kept(reader.passages, address)
    return Passage(record, kept["kind"], " ".join(kept["body"]), kept["locator"])


def _facet_counts(reader: Reader, query: Query, plan: Plan, access: AccessFilter) -> dict[str, dict[str, int]]:
    """Counts of each facet; those of a chosen facet ignore its own choice, so each of these takes a query of its own."""
    chosen = {choice.name for choice in plan.filters} & set(plan.facets)
    asked = [(query, [name for name in plan.facets if name not in chosen])]
    asked += [(queries.record_query(reader.schema, plan, access, without=name), [name]) for name in chosen]
    counts: dict[str, dict[str, int]] = {}
    for narrowed, names in asked:
        if names:
            wanted = {name: {"terms": {"field": facet_field(name), "size": MOST_FACET_VALUES}} for name in names}
            answer = reader.records.aggregate(narrowed, wanted)
            counts |= {name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in names}
    return counts


def _cell_counts(reader: Reader, query: Query, zoom: int) -> dict[str, int]:
    """Map tiles of one zoom. The field holds those of every zoom."""
    if not zoom:
        return {}
    answer = reader.records.aggregate(query, {"cells": {"terms": {"field": "tile", "size": MOST_CELLS, "include": f"{zoom}/.*"}}})
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["cells"]["buckets"]}
