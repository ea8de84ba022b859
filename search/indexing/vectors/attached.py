"""Puts the vectors that the database keeps into documents, as long as they are of the text that a document has."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

from library.records.models import Record
from search.engines.base import SearchDocument
from search.indexing.reading import indexed
from search.models import RecordVector
from search.semantic.installed import embedder
from search.semantic.vectors import VectorSpace, unpacked

LONGEST_TEXT = 1_600  # characters, of the title and the first texts of the body: what the model reads at once


def records_to_read() -> int:
    """How many records should have a vector."""
    return indexed(Record.objects.all()).count()


@dataclass(frozen=True, slots=True)
class VectorsState:
    """How many records have a vector, of those that should have one. A vector of an older text counts until the night."""

    read: int
    records: int


def vectors_state() -> VectorsState | None:
    """None where search by meaning is off."""
    return VectorsState(RecordVector.objects.count(), records_to_read()) if embedder() else None


def with_vectors(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """The documents with their vectors, where search by meaning is on and the model has read just this text."""
    model, read = embedder(), list(documents)
    if model is None:
        return read
    rows = RecordVector.objects.filter(record_id__in=[document.id for document in read])
    kept = {record: (digest, bytes(vector)) for record, digest, vector in rows.values_list("record_id", "digest", "vector")}
    return [_with_vector(document, *kept[document.id], model.space) if document.id in kept else document for document in read]


def text_of(document: SearchDocument) -> str:
    """What the model reads of a record: its title and body, with which the words of everybody are compared who may find the record.

    Files with an access level of their own are no part of it, so nobody's results are ordered by what he may not read.
    """
    texts = (*document.texts.get("title", ())[:1], *document.texts.get("body", ()))
    return "\n".join(filter(None, texts))[:LONGEST_TEXT]


def digest_of(text: str, space: VectorSpace) -> str:
    """The same for the same text and model only."""
    return blake2b(f"{space.name}\0{text}".encode(), digest_size=16).hexdigest()


def _with_vector(document: SearchDocument, digest: str, vector: bytes, space: VectorSpace) -> SearchDocument:
    return replace(document, vector=unpacked(vector)) if digest == digest_of(text_of(document), space) else document
