"""The embedded engine behind the interface of both. It writes through store.py and answers through answers.py."""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from search.access import AccessFilter
from search.analysis import half_typed
from search.engines.base import (
    DEEPEST,
    MOST_INSIDE,
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

from . import queries
from .answers import answer_of, passage_of, stored_values
from .generations import Generations
from .rebuild import EmbeddedRebuild
from .store import Reader, create, ids_and_versions, writing

LOOK_AGAIN_AFTER = 1.0  # seconds between a reader's looks for a newer state


class EmbeddedEngine:
    """The index in a folder. Many processes may read; whichever holds tantivy's lock writes, and the others try again later."""

    name = "embedded"

    def __init__(self, folder: Path, facets: Sequence[str], space: VectorSpace | None = None) -> None:
        self._generations = Generations(folder)
        self._facets = tuple(facets)
        self._space = space
        self._opening = threading.Lock()
        self._reader: Reader | None = None

    def ensure(self) -> None:
        """Create the index if there is none; refuse one that was built for other facets."""
        if self._generations.current() is None:
            folder = self._generations.start()
            create(folder, self._facets, self._space)
            self._generations.activate(folder)
        elif self._open().facets != self._facets:
            raise IndexOutdated("the embedded index was built for other facets than the profiles declare now: run rebuild_index")
        elif self._open().space != self._space:
            raise IndexOutdated("the embedded index was built under another SEARCH_SEMANTIC or model: run rebuild_index")

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
        """One page of hits, with the best snippet of each, and the counts of the facets asked for."""
        return answer_of(self._open(), plan, access)

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
        passages: dict[int, list[Passage]] = defaultdict(list)
        for _, address in reader.passages.search(query, DEEPEST, count=False).hits:
            passage = passage_of(reader, address)
            if len(passages[passage.record_id]) < per_record:
                passages[passage.record_id].append(passage)
        return {record: tuple(best) for record, best in passages.items()}

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """Titles and other names that begin like each word typed; the tone of the words is preferred, never required."""
        reader, words = self._open(), half_typed(typed)
        if not words:
            return []
        query = queries.suggestion_query(reader.schema, words, access)
        rows = (stored_values(reader.records, address) for _, address in reader.records.search(query, limit, count=False).hits)
        return [Suggestion(number, shown["title"][0]) for number, shown in rows]

    def ids_and_versions(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Ids above ``after`` in order, with their versions."""
        return ids_and_versions(self._open(), after, limit)

    def begin_rebuild(self) -> EmbeddedRebuild:
        """A generation beside the one in use: the one that an interrupted build left, if it can go on, else a new one."""
        left = self._generations.unfinished()
        if left is not None and self._serves(left):
            return EmbeddedRebuild(self._generations, left, self.refresh)
        self.ensure_folder_free()
        folder = self._generations.start()
        create(folder, self._facets, self._space)
        return EmbeddedRebuild(self._generations, folder, self.refresh)

    def _serves(self, folder: Path) -> bool:
        """Whether a generation was made for the facets of today by this version of the site."""
        try:
            left = Reader(folder)
            return (left.facets, left.space) == (self._facets, self._space)
        except (EngineUnavailable, IndexOutdated):
            return False

    def ensure_folder_free(self) -> None:
        """Forget a generation that an interrupted rebuild left behind."""
        left = self._generations.building()
        if left is not None:
            self._generations.abandon(left)

    def health(self) -> Health:
        """Whether there is an index, and how many records it holds."""
        if self._generations.current() is None:
            return Health(False, 0, "no index yet")
        try:
            reader = self._open()
        except IndexOutdated as error:
            return Health(False, 0, str(error))
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
