"""make bench-search: the layer of the site against the bare engine on the same fields in the same run.

python -m tests.bench.search --records 100000 [--engine elasticsearch]
"""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import django

CHUNK = 5_000
RUNS = 200
WORDS = (3, 8)


def main() -> None:
    """Load, ask, and print one JSON object."""
    options = argparse.ArgumentParser()
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    given = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.test")
    django.setup()
    with _engine(given.engine) as engine:
        report = {"engine": given.engine, "records": given.records, **_load(engine, given.records)}
        report["queries"] = {f"{words} words": _ask(engine, words) for words in WORDS}
    report["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(report, indent=1))


@contextmanager
def _engine(name: str) -> Iterator:
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


def _load(engine, count: int) -> dict[str, float]:
    from search.engines.base import Write
    from tests.bench.search_records import documents

    started = time.perf_counter()
    rebuild = engine.begin_rebuild()
    writes = (Write(document.id, 1, document) for document in documents(count))
    while chunk := list(islice(writes, CHUNK)):
        rebuild.load(chunk)
    rebuild.switch()
    engine.refresh()
    seconds = time.perf_counter() - started
    return {"load_seconds": round(seconds, 1), "records_per_second": round(count / seconds)}


def _ask(engine, words: int) -> dict[str, float]:
    from library.access import ANONYMOUS
    from search.access import access_for
    from search.query import plan_for
    from search.understanding import EmptyLexicon, NameAuthority, understand
    from tests.bench.search_records import FACETS, queries

    access = access_for(ANONYMOUS)
    names, lexicon = NameAuthority([]), EmptyLexicon()
    plans = [replace(plan_for(understand(text, lexicon, names)), facets=FACETS, size=20) for text in queries(RUNS, words)]
    bare = _bare(engine, plans, access)
    return {
        **_times("understanding", [lambda text=text: plan_for(understand(text, lexicon, names)) for text in queries(RUNS, words)]),
        **_times("bare", bare),
        **_times("layer", [lambda plan=plan: engine.search(plan, access) for plan in plans]),
    }


def _bare(engine, plans: Sequence, access) -> list[Callable[[], object]]:
    """The same searches sent to the engine without the layer: twenty hits, count and four facets."""
    if engine.name == "elasticsearch":
        from search.engines.elastic.bodies import search_body

        bodies = [search_body(plan, access) for plan in plans]
        return [lambda body=body: engine._client.search(index=engine.current["records"], body=body) for body in bodies]
    from search.engines.embedded.fields import facet_field
    from search.engines.embedded.queries import record_query

    reader = engine._open()
    wanted = {name: {"terms": {"field": facet_field(name), "size": 1000}} for name in plans[0].facets}

    def ask(query) -> None:
        for _, address in reader.records.search(query, 20).hits:
            reader.records.doc(address)
        reader.records.aggregate(query, wanted)

    return [partial(ask, record_query(reader.schema, plan, access)) for plan in plans]


def _times(name: str, asks: Sequence[Callable[[], object]]) -> dict[str, float]:
    for ask in asks[:10]:
        ask()
    taken = []
    for ask in asks:
        started = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return {f"{name}_p50_ms": round(taken[len(taken) // 2], 2), f"{name}_p95_ms": round(taken[int(len(taken) * 0.95)], 2)}


if __name__ == "__main__":
    main()
