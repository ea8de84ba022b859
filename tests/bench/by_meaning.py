"""make bench-search (with SEARCH_SEMANTIC=1): what search by meaning costs beside the same search by words, in the same run.

python -m tests.bench.by_meaning --records 100000 [--engine elasticsearch]

Each question of eight words is asked both ways in turn, as a page asks: twenty hits with snippets, the count and four facets. By meaning
includes reading the question with the model, whose part is told too. The vectors of the records are random: they cost what others cost.
Milliseconds are those of this process' own processor time, so that a busy machine does not count; what a server does is not in them.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from unittest.mock import patch

import django

from tests.bench.search import LOADED_AT_ONCE, QUERIES, WARMING

if TYPE_CHECKING:
    from search.engines.base import Engine, SearchDocument

WORDS = 8


def main() -> None:
    """Load, ask, print two lines."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    given = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.test")
    os.environ["SEARCH_SEMANTIC"] = "1"
    django.setup()
    with _engine(given.engine) as engine:
        _load(engine, given.records)
        print(f"{given.engine}, {given.records:,} records")
        for line in _asking(engine):
            print(line)


@contextmanager
def _engine(name: str) -> "Iterator[Engine]":
    from django.conf import settings

    from search.engines.elastic import ElasticEngine
    from search.engines.embedded import EmbeddedEngine
    from search.semantic.installed import vector_space
    from tests.bench.search_records import FACETS

    if name == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            yield EmbeddedEngine(Path(folder), FACETS, vector_space())
        return
    engine = ElasticEngine(settings.ELASTICSEARCH_URL, f"bench-{os.getpid()}", FACETS, vector_space())
    try:
        yield engine
    finally:
        engine.delete_all()


def _load(engine: "Engine", count: int) -> None:
    from search.engines.base import Write
    from tests.bench.search_records import documents

    rebuild, choose = engine.begin_rebuild(), random.Random(13)
    pool = [_vector(choose) for _ in range(LOADED_AT_ONCE)]
    writes = (Write(each.id, 1, _with_vector(each, pool[each.id % len(pool)])) for each in documents(count))
    while chunk := list(islice(writes, LOADED_AT_ONCE)):
        rebuild.load(chunk)
    rebuild.activate()
    engine.refresh()
    if engine.name == "elasticsearch":
        engine._patient.indices.put_settings(  # type: ignore[attr-defined]
            index=engine.current["records"],  # type: ignore[attr-defined]
            settings={"index.requests.cache.enable": False},
        )


def _vector(choose: random.Random) -> tuple[float, ...]:
    from search.semantic.installed import vector_space

    space = vector_space()
    assert space
    numbers = [choose.gauss(0, 1) for _ in range(space.dimensions)]
    length = sum(number * number for number in numbers) ** 0.5
    return tuple(number / length for number in numbers)


def _with_vector(document: "SearchDocument", vector: tuple[float, ...]) -> "SearchDocument":
    return replace(document, vector=vector)


def _asking(engine: "Engine") -> Iterator[str]:
    from library.access import ANONYMOUS
    from search.access import access_for
    from search.asking.first_hits import search_and_read
    from search.asking.question import Knowledge, Question, question_of
    from search.request import SearchRequest
    from search.understanding import EmptyLexicon, NameAuthority
    from tests.bench.search_records import FACETS, queries

    access, knowledge = access_for(ANONYMOUS), Knowledge(EmptyLexicon(), NameAuthority([]))

    def question(text: str) -> Question:
        understood = question_of(SearchRequest(text=text, size=20), ANONYMOUS, knowledge)
        steps = (replace(step, plan=replace(step.plan, facets=FACETS)) for step in understood.steps)
        return replace(understood, steps=tuple(steps))

    def by_words(asked: Question) -> None:
        with patch("search.asking.first_hits.meaning_of", lambda _: None):
            search_and_read(engine, asked, access)

    questions = [question(text) for text in queries(QUERIES, WORDS)]
    sides: dict[str, list[float]] = {"by words": [], "by meaning": [], "of that, the model": []}
    for asked in questions:
        sides["by words"].append(_cpu_ms(partial(by_words, asked)))
        sides["by meaning"].append(_cpu_ms(partial(search_and_read, engine, asked, access)))
        sides["of that, the model"].append(_cpu_ms(partial(_read, asked.reading.typed)))
    middle = {name: median(taken[WARMING:]) for name, taken in sides.items()}
    for name, milliseconds in middle.items():
        yield f"question of {WORDS} words, {name:<20} {milliseconds:>7.1f} ms  {milliseconds / middle['by words']:.2f} x"


def _read(question: str) -> None:
    from search.semantic.installed import embedder

    model = embedder()
    assert model
    model.question(question)


def _cpu_ms(ask: Callable[[], object]) -> float:
    started = time.process_time()
    ask()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
