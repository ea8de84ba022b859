"""Loading an index by the engine's own calls: what the layer of the site is measured against."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.engines.base import Write

Ask = Callable[[], object]


def bare_loads(engine: Any, chunks: "list[list[Write]]", folder: Path) -> tuple[list[Ask], Ask]:
    """One call a chunk, with documents made into the engine's form beforehand, and one call that makes all durable."""
    if engine.name == "elasticsearch":
        from search.engines.elastic.mapping import KINDS, RECORDS
        from search.engines.elastic.writing import bulk_operations

        index = engine._create({kind: f"{engine._prefix}-bare-{kind}" for kind in KINDS})[RECORDS]
        made = [list(chain.from_iterable(bulk_operations(index, chunk))) for chunk in chunks]
        return [partial(engine._patient.bulk, operations=each) for each in made], lambda: None
    from search.engines.embedded.fields import record_fields
    from search.engines.embedded.rebuild import LOADING_BYTES, LOADING_THREADS
    from search.engines.embedded.store import Reader, _document, create

    create(folder, engine._facets)
    reader = Reader(folder)
    writer, schema = reader.record_index.writer(LOADING_BYTES, LOADING_THREADS), reader.schema
    made = [[_document(record_fields(write.document), 1, schema) for write in chunk] for chunk in chunks]

    def finish() -> None:
        writer.commit()
        writer.wait_merging_threads()

    return [partial(_each, writer.add_document, documents) for documents in made], finish


def _each(do: Callable[[Any], object], things: Sequence[Any]) -> None:
    for thing in things:
        do(thing)
