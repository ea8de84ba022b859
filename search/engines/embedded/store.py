"""The folders' indexes opened, and written by one writer at a time. Only this package speaks to tantivy."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import tantivy
from tantivy import FieldType, Order, Query

from search.engines.base import PASSAGE_TIERS, RECORD_TIERS, SCHEMA, EngineUnavailable, IndexOutdated, Outcome, Write, WriteResult
from search.semantic.vectors import VectorSpace

from .fields import Fields, facet_field, field_name, passage_fields, record_fields, text_fields

WRITER_BYTES = 64_000_000
LOCK_PATIENCE = 1.0  # seconds; then the rows are left alone and tried again later
RECORDS, PASSAGES = "records", "moments"  # stored names: the folder of passages keeps its first name
MADE_FOR = "made-for.json"  # the number of the schema, the facets, and the space of the vectors, if any are kept
_NUMBERS = ("id", "version", "first_day", "last_day", "open_from", "open_until", "position")


class Reader:
    """One generation, opened, at one state of it. Raises EngineUnavailable where it cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            made_for = json.loads((folder / MADE_FOR).read_text()) if (folder / MADE_FOR).exists() else {}
            if made_for.get("schema") != SCHEMA:
                raise IndexOutdated("the embedded index was built by another version of this site: run rebuild_index")
            self.facets = tuple[str, ...](made_for["facets"])
            self.space = VectorSpace(*made_for["vectors"]) if "vectors" in made_for else None
            self.record_index, self.passage_index = (tantivy.Index.open(str(folder / name)) for name in (RECORDS, PASSAGES))
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"the embedded index in {folder} cannot be read, run rebuild_index: {error}") from error
        self.schema, self.passage_schema = self.record_index.schema, self.passage_index.schema
        self.renewed()

    def renewed(self) -> "Reader":
        """The same generation at its newest state."""
        for index in (self.record_index, self.passage_index):
            index.reload()
        self.records, self.passages = self.record_index.searcher(), self.passage_index.searcher()
        self.looked_at = time.monotonic()
        return self


def create(folder: Path, facets: Sequence[str], space: VectorSpace | None) -> None:
    for name, tiers, words in (
        (RECORDS, RECORD_TIERS, ["access", "tile", "sort_title", "sort_newest", "sort_date", *map(facet_field, facets)]),
        (PASSAGES, PASSAGE_TIERS, ["access"]),
    ):
        builder = tantivy.SchemaBuilder()
        for number in _NUMBERS:
            add = builder.add_unsigned_field if number in {"id", "version"} else builder.add_integer_field
            add(number, stored=number == "id", indexed=True, fast=True)
        placed = {field_name(field, "fold") for field in tiers}  # where words are asked for near one another
        for field in text_fields(tiers):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position" if field in placed else "freq")
        for word in words:
            builder.add_text_field(word, tokenizer_name="raw", index_option="basic", fast=True)
        for point in ("latitude", "longitude"):
            builder.add_float_field(point, indexed=True, fast=True)
        builder.add_bytes_field("stored", stored=True)
        if space and name == RECORDS:
            builder.add_bytes_field("vector", stored=True)
        (folder / name).mkdir()
        tantivy.Index(builder.build(), str(folder / name))
    made_for = {"schema": SCHEMA, "facets": list(facets)} | ({"vectors": [space.name, space.dimensions]} if space else {})
    (folder / MADE_FOR).write_text(json.dumps(made_for))


@contextmanager
def _writer(index: tantivy.Index, memory: int, threads: int) -> Iterator[tantivy.IndexWriter]:
    """tantivy's only writer of an index. Leaving without an error commits; merges are finished before the lock is given back."""
    writer = None
    give_up_at = time.monotonic() + LOCK_PATIENCE
    while writer is None:
        try:
            writer = index.writer(memory, threads)
        except ValueError as error:
            if "LockBusy" not in str(error) or time.monotonic() > give_up_at:
                raise EngineUnavailable(f"the embedded index is being written by another process: {error}") from error
            time.sleep(0.05)
    try:
        yield writer
        writer.commit()
    finally:
        writer.wait_merging_threads()


class Writing:
    """The writers of a generation's two indexes, held from the first write to the end; that of the passages only where it is needed."""

    def __init__(self, reader: Reader, stack: ExitStack, memory: int, threads: int) -> None:
        self._reader, self._stack, self._memory, self._threads = reader, stack, memory, threads
        self._records = stack.enter_context(_writer(reader.record_index, memory, threads))
        self._passages: tantivy.IndexWriter | None = None
        self._written: dict[int, int] = {}
        reader.renewed()

    def apply(self, batch: Sequence[Write]) -> list[WriteResult]:
        """Bring the entries to their states; one that the index has in a newer state is left alone."""
        versions = _stored_versions(self._reader, [write.id for write in batch]) | self._written
        results = []
        for write in batch:
            newer = versions.get(write.id, -1) > write.version
            results.append(WriteResult(write.id, Outcome.NEWER if newer else Outcome.DONE))
            if not newer:
                self._replace(write, indexed=write.id in versions or write.id in self._written)
        return results

    def _replace(self, write: Write, *, indexed: bool) -> None:
        passages = write.document.passages if write.document else ()
        if indexed:
            self._records.delete_documents_by_query(Query.term_query(self._reader.schema, "id", write.id))
        if indexed or passages:
            writer = self._passage_writer()
            writer.delete_documents_by_query(Query.term_query(self._reader.passage_schema, "id", write.id))
            for passage in passages:
                writer.add_document(_document(passage_fields(write.id, passage), write.version, self._reader.passage_schema))
        if write.document is not None:
            self._records.add_document(_document(record_fields(write.document), write.version, self._reader.schema))
            self._written[write.id] = write.version

    def _passage_writer(self) -> tantivy.IndexWriter:
        """Entered last and so committed first: a record's version then says that all of it is there."""
        if self._passages is None:
            self._passages = self._stack.enter_context(_writer(self._reader.passage_index, self._memory, self._threads))
        return self._passages


@contextmanager
def writing(reader: Reader, memory: int = WRITER_BYTES, threads: int = 1) -> Iterator[Writing]:
    """Writers with so much memory (bytes, in all) and so many threads; leaving without an error commits what they were given."""
    with ExitStack() as stack:
        yield Writing(reader, stack, memory, threads)


def _document(fields: Fields, version: int, schema: tantivy.Schema) -> tantivy.Document:
    words = {name: list(values) for name, values in fields.words.items()}
    values = {**fields.tokens, **words, **fields.numbers, **fields.points, "version": version, "stored": fields.stored}
    if fields.vector:
        values["vector"] = fields.vector
    return tantivy.Document.from_dict(values, schema)


def _stored_versions(reader: Reader, ids: Sequence[int]) -> dict[int, int]:
    if not ids:
        return {}
    query = Query.term_set_query(reader.schema, "id", list(ids))
    addresses = [address for _, address in reader.records.search(query, len(ids), count=False).hits]
    columns = (reader.records.fast_field_values(name, addresses) for name in ("id", "version"))
    return dict(zip(*columns, strict=True))


def ids_and_versions(reader: Reader, after: int, limit: int) -> list[tuple[int, int]]:
    above = Query.range_query(reader.schema, "id", FieldType.Unsigned, after + 1, None)
    hits = reader.records.search(above, limit, count=False, order_by_field="id", order=Order.Asc).hits
    versions = reader.records.fast_field_values("version", [address for _, address in hits])
    return [(number, int(version or 0)) for (number, _), version in zip(hits, versions, strict=True)]
