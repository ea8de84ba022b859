"""The rebuild of an index from the database, for `make bench-search`: records a second and peak memory, beside two floors.

The floors are what no rebuild can go under: only reading the rows, and only writing documents that are ready in the engine's own form.
Each runs in a process of its own, over the starter collection multiplied; on SQLite, or on the empty database of ``DATABASE_URL``.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests.bench.bare import bare_loads
from tests.bench.measuring import Clock, peak_mb

if TYPE_CHECKING:
    from search.engines.base import Write

SAMPLE = 5_000  # records that are written ready; their documents stand in memory
MANAGE = [sys.executable, "manage.py"]
FILL = "from tests.bench.large_library import fill; fill({records})"


def rebuild_lines(engine_names: list[str], records: int) -> list[str]:
    """One line for each floor and each rebuild."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"DJANGO_SETTINGS_MODULE": "library.settings.dev", "LOG_LEVEL": "ERROR", "LIBRARY_VAR_DIR": folder}
        environment = {**os.environ, **own, "SEARCH_INDEX_PREFIX": f"bench-{os.getpid()}"}
        run = partial(subprocess.run, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        run([*MANAGE, "prepare"])
        run([*MANAGE, "shell", "-v", "0", "-c", FILL.format(records=records)])
        parts = [("reading", ""), *((part, name) for name in engine_names for part in ("writing", "rebuild"))]
        return [run([sys.executable, "-m", "tests.bench.rebuild", *part]).stdout.strip() for part in parts]


def main() -> None:
    """Measure one part in this process."""
    part, engine_name = sys.argv[1:]
    django.setup()
    clock = Clock()
    parts: dict[str, Callable[[Clock], int]] = {
        "reading": _read,
        "writing": partial(_write, engine_name),
        "rebuild": partial(_rebuild, engine_name),
    }
    count = parts[part](clock)
    rates = f"{count / clock.wall:,.0f} records/s, {count / clock.cpu:,.0f} by CPU of the process"
    print(f"{LABELS[part].format(engine=engine_name)}, {count:,}: {rates}; peak memory {peak_mb()} MB")


LABELS = {
    "reading": "floor: only reading the rows",
    "writing": "floor: only writing ready documents, {engine}",
    "rebuild": "rebuild from the database, {engine}",
}


def _read(clock: Clock) -> int:
    from library.records.models import Record
    from search.indexing.reading import RecordReader, indexed
    from search.indexing.rebuild import CHUNK

    done = after = 0
    with clock:
        reader = RecordReader()
        while ids := list(indexed(Record.objects.filter(pk__gt=after)).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            done, after = done + len(reader.read_between(ids[0], ids[-1])), ids[-1]
    return done


def _write(engine_name: str, clock: Clock) -> int:
    from search.engines.registry import engine
    from search.indexing.rebuild import CHUNK

    index = engine(engine_name)
    writes = _writes()
    chunks = list(iter(lambda: list(islice(writes, CHUNK)), []))
    with tempfile.TemporaryDirectory() as folder:
        loads, finish = bare_loads(index, chunks, Path(folder))
        with clock:
            for load in loads:
                load()
            finish()
    _throw_away(index)
    return sum(map(len, chunks))


def _writes() -> "Iterator[Write]":
    from library.records.models import Record
    from search.engines.base import Write
    from search.indexing.documents import document_of
    from search.indexing.reading import RecordReader, indexed

    reader, newest = RecordReader(), indexed(Record.objects.order_by("-pk")).values_list("pk", flat=True)[:SAMPLE]
    ids = sorted(newest)
    for start in range(0, len(ids), 500):
        yield from (Write(row.pk, 1, document_of(row)) for row in reader.read(ids[start : start + 500]))


def _rebuild(engine_name: str, clock: Clock) -> int:
    from search.engines.registry import engine
    from search.indexing.rebuild import rebuild_index

    with clock:
        count = rebuild_index(engine_name)
    _throw_away(engine(engine_name))
    return count


def _throw_away(index: object) -> None:
    """Elasticsearch keeps what the folder of the run does not hold."""
    from search.engines.elastic import ElasticEngine

    if isinstance(index, ElasticEngine):
        index.delete_all()


if __name__ == "__main__":
    main()
