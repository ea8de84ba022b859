"""make bench-search: the layer of the site against the bare engine, on the same index, in the same run.

python -m tests.bench.search --records 100000 [--engine elasticsearch]

Every search asks for four facets, the count and twenty hits with snippets. The layer asks as a page does: first for records that have
all words, then for those that have a part. Bare means the engine's own call for the part, without understanding, marking and unpacking.
Each query is asked of both sides in turn, so both meet the same caches and the same noise.

Last comes the rebuild from a database of so many records, of the embedded engine and, where ``ELASTICSEARCH_URL`` names a server, of
Elasticsearch (``rebuild.py``).
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import django

from tests.bench.bare import bare_loads
from tests.bench.measuring import Clock, peak_mb, rss_mb
from tests.bench.rebuild import rebuild_lines

if TYPE_CHECKING:
    from search.access import AccessFilter
    from search.engines.base import Engine, Write
    from search.query.plan import Plan

LOADED_AT_ONCE = 1_000  # records, as the rebuild does
SAMPLE = 20_000  # records that are loaded both ways
QUERIES = 200
WARMING = 20
WORDS = (1, 3, 8)
TYPED = 200
Ask = Callable[[], object]


def main() -> None:
    """Load, ask, and print two tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--rebuilt", type=int, default=0, help="records in the database that the index is rebuilt from")
    options.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    given = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.test")
    django.setup()
    with _engine(given.engine) as engine:
        print(f"{given.engine}, {given.records:,} records")
        print(_loading_bare(engine))
        print(_loading(engine, given.records))
        _answer_anew(engine)
        print(Times.HEAD)
        for words in WORDS:
            for times in _asking(engine, words):
                print(times)
        print(_suggesting(engine))
    print(f"peak memory of this process: {peak_mb()} MB")
    engines = dict.fromkeys([given.engine, *(["elasticsearch"] if os.environ.get("ELASTICSEARCH_URL") else [])])
    for line in rebuild_lines(list(engines), given.rebuilt or given.records):
        print(line)


@contextmanager
def _engine(name: str) -> "Iterator[Engine]":
    from django.conf import settings

    from search.engines.elastic import ElasticEngine
    from search.engines.embedded import EmbeddedEngine
    from tests.bench.search_records import FACETS

    if name == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            yield EmbeddedEngine(Path(folder), FACETS)
        return
    engine = ElasticEngine(settings.ELASTICSEARCH_URL, f"bench-{os.getpid()}", FACETS)
    try:
        yield engine
    finally:
        engine.delete_all()


def _loading(engine: "Engine", count: int) -> str:
    """Load all records; making them is not counted."""
    from search.engines.base import Write
    from tests.bench.search_records import documents

    rebuild = engine.begin_rebuild()
    writes = (Write(document.id, 1, document) for document in documents(count))
    clock, memory = Clock(), []
    for chunk in _chunks(writes):
        with clock:
            rebuild.load(chunk)
        memory.append(rss_mb())
    with clock:
        rebuild.activate()
        engine.refresh()
    tenth = memory[len(memory) // 10]
    return (
        f"loaded {count / clock.wall:,.0f} records/s, {clock.cpu * 1000 / count:.2f} ms CPU a record; "
        f"memory after a tenth {tenth} MB, after all {memory[-1]} MB"
    )


def _answer_anew(engine: Any) -> None:
    """Elasticsearch gives counts that were asked for before from memory; here every search is new to it."""
    if engine.name == "elasticsearch":
        engine._patient.indices.put_settings(index=engine.current["records"], settings={"index.requests.cache.enable": False})


def _loading_bare(engine: "Engine") -> str:
    """The layer's load beside the engine's own, chunk by chunk in turn: the same documents, for bare made into its form beforehand."""
    from search.engines.base import Write
    from tests.bench.search_records import documents

    chunks = [*_chunks(Write(document.id, 1, document) for document in documents(SAMPLE))]
    bare, layer = Clock(), Clock()
    rebuild = engine.begin_rebuild()
    with tempfile.TemporaryDirectory() as folder:
        asks, finish = bare_loads(engine, chunks, Path(folder))
        for chunk, ask in zip(chunks, asks, strict=True):
            with bare:
                ask()
            with layer:
                rebuild.load(chunk)
        with bare:
            finish()
        with layer:
            rebuild.ids_and_versions(0, 1)  # what was loaded is durable then
    rebuild.abandon()
    return f"loading {SAMPLE:,}: bare {SAMPLE / bare.wall:,.0f} records/s, layer {SAMPLE / layer.wall:,.0f}, {bare.wall / layer.wall:.2f} ×"


def _chunks(writes: "Iterator[Write]") -> "Iterator[list[Write]]":
    while chunk := list(islice(writes, LOADED_AT_ONCE)):
        yield chunk


def _asking(engine: "Engine", words: int) -> "list[Times]":
    from library.access import ANONYMOUS
    from search.access import access_for
    from search.asking.find import ranked
    from search.asking.question import Knowledge, Question, question_of
    from search.request import SearchRequest
    from search.understanding import EmptyLexicon, NameAuthority
    from tests.bench.search_records import FACETS, queries

    access, knowledge = access_for(ANONYMOUS), Knowledge(EmptyLexicon(), NameAuthority([]))

    def understood(request: SearchRequest) -> Question:
        return question_of(request, ANONYMOUS, knowledge)

    def with_facets(question: Question) -> Question:
        return replace(question, steps=tuple(replace(step, plan=replace(step.plan, facets=FACETS)) for step in question.steps))

    requests = [SearchRequest(text=text, size=20) for text in queries(QUERIES, words)]
    bare = _bare(engine, [replace(understood(request).plan, facets=FACETS) for request in requests], access)
    layer = [partial(ranked, engine, request, with_facets(understood(request)), access) for request in requests]
    return [
        *compare(f"search, {words} words", bare, layer),
        measure(f"understanding, {words} words", [partial(understood, request) for request in requests]),
    ]


def _bare(engine: Any, plans: "Sequence[Plan]", access: "AccessFilter") -> list[Ask]:
    """The same searches as the engine's own calls: twenty hits, their stored fields, count and four facets."""
    if engine.name == "elasticsearch":
        from search.engines.elastic.bodies import search_bodies

        searches = [[line for body in search_bodies(plan, access).values() for line in ({}, body)] for plan in plans]
        return [partial(engine._client.msearch, index=engine.current["records"], searches=each) for each in searches]
    from search.engines.embedded.fields import facet_field
    from search.engines.embedded.queries import record_query

    reader = engine._open()
    wanted = {name: {"terms": {"field": facet_field(name), "size": 1000}} for name in plans[0].facets}

    def ask(query: Any) -> None:
        for _, address in reader.records.search(query, 20).hits:
            reader.records.doc(address)
        reader.records.aggregate(query, wanted)

    return [partial(ask, record_query(reader.schema, plan, access)) for plan in plans]


def _suggesting(engine: "Engine") -> "Times":
    """Autocomplete while a title is being typed: its first two to nine letters."""
    from library.access import ANONYMOUS
    from search.access import access_for
    from tests.bench.search_records import queries

    access = access_for(ANONYMOUS)
    typed = [text[: 2 + number % 8] for number, text in enumerate(queries(TYPED, 3))]
    return measure("suggesting", [partial(engine.suggest, text, access, 8) for text in typed])


@dataclass(frozen=True, slots=True)
class Times:
    """One line of the table: wall milliseconds of one side, and how it compares with the other."""

    HEAD: ClassVar[str] = f"{'':<32} {'p50 ms':>8} {'p95 ms':>8} {'p50 ×':>7} {'p95 ×':>7}"

    name: str
    p50: float
    p95: float
    ratios: str = ""

    def __str__(self) -> str:
        return f"{self.name:<32} {self.p50:>8.2f} {self.p95:>8.2f} {self.ratios}"


def compare(name: str, bare: Sequence[Ask], layer: Sequence[Ask]) -> list[Times]:
    """Both sides, one query after the other; the order changes with every query, so that neither always warms for the other."""
    taken: tuple[list[float], list[float]] = ([], [])
    for ask in (*bare[:WARMING], *layer[:WARMING]):
        ask()
    for number, pair in enumerate(zip(bare, layer, strict=True)):
        for side in (0, 1) if number % 2 else (1, 0):
            taken[side].append(_timed(pair[side]))
    below, above = measure_of(f"{name}: bare", taken[0]), measure_of(f"{name}: layer", taken[1])
    return [below, replace(above, ratios=f"{above.p50 / below.p50:>7.2f} {above.p95 / below.p95:>7.2f}")]


def measure(name: str, asks: Sequence[Ask]) -> Times:
    """One side alone."""
    for ask in asks[:WARMING]:
        ask()
    return measure_of(name, [_timed(ask) for ask in asks])


def measure_of(name: str, taken: Sequence[float]) -> Times:
    """Median and 95th percentile."""
    ranked = sorted(taken)
    return Times(name, ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.95)])


def _timed(ask: Ask) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
