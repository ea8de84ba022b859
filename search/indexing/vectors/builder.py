"""Builds the vectors of all records, in steps of a few seconds. What is built once is not built again."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from library.records.models import Record
from search.engines.base import SearchDocument
from search.indexing.documents import documents_of
from search.indexing.outbox import announce
from search.indexing.reading import RecordReader, indexed
from search.models import RecordVector
from search.semantic.embedder import Embedder
from search.semantic.vectors import VectorSpace, packed

from .attached import digest_of, records_to_read, text_of

CHUNK = 500  # records looked through at once
BATCH = 8  # texts read at once: a few seconds, after which the worker may do other work or end


@dataclass(frozen=True, slots=True)
class UnreadText:
    """A text that the model has to read."""

    record_id: int
    digest: str
    text: str


class VectorBuilder:
    """One walk over all records in small steps. Each step is safe to be cut off: what was read before is kept."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._reader = RecordReader()
        self._after = 0
        self._unread: list[UnreadText] = []
        self.done = 0  # records looked through or read

    def step(self) -> bool:
        """Look through the next records, or read the next texts. False at the end, when the vectors of gone records are deleted."""
        if self._unread:
            self._read([self._unread.pop() for _ in range(min(BATCH, len(self._unread)))])
            return True
        ids = list(indexed(Record.objects.filter(pk__gt=self._after)).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not ids:
            RecordVector.objects.exclude(record_id__in=indexed(Record.objects.all()).values("pk")).delete()
            return False
        self._after = ids[-1]
        self._unread = list(_unread(documents_of(self._reader.read(ids)), self._model.space))
        random.shuffle(self._unread)  # workers of two machines that walk side by side read other texts
        self.done += len(ids) - len(self._unread)
        return True

    def _read(self, texts: Sequence[UnreadText]) -> None:
        known = _digests(text.record_id for text in texts)
        left = [text for text in texts if known.get(text.record_id) != text.digest]
        vectors = self._model.passages([text.text for text in left]) if left else []
        rows = [RecordVector(record_id=text.record_id, digest=text.digest, vector=packed(v)) for text, v in zip(left, vectors, strict=True)]
        with transaction.atomic():
            RecordVector.objects.bulk_create(rows, update_conflicts=True, unique_fields=["record_id"], update_fields=["digest", "vector"])
            announce(row.record_id for row in rows)
        self.done += len(texts)


def build_vectors(model: Embedder, progress: Callable[[int, int], None]) -> int:
    """Read every text that has no vector yet. Returns the number of records; ``progress`` is told how many are done, of how many."""
    builder, records = VectorBuilder(model), records_to_read()
    while builder.step():
        progress(builder.done, records)
    return builder.done


def _unread(documents: Iterable[SearchDocument], space: VectorSpace) -> Iterator[UnreadText]:
    texts = [(document.id, text_of(document)) for document in documents]
    known = _digests(number for number, _ in texts)
    for number, text in texts:
        digest = digest_of(text, space)
        if known.get(number) != digest:
            yield UnreadText(number, digest, text)


def _digests(ids: Iterable[int]) -> dict[int, str]:
    return dict(RecordVector.objects.filter(record_id__in=list(ids)).values_list("record_id", "digest"))
