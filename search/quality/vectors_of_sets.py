"""Vectors of the texts of a judged set, kept in a file: reading nine thousand texts takes half an hour, and is done once."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ..engines.base import SearchDocument
from ..indexing.vectors.attached import digest_of, text_of
from ..semantic.embedder import Embedder
from ..semantic.vectors import packed, unpacked

BATCH = 8


def with_kept_vectors(documents: Sequence[SearchDocument], model: Embedder, path: Path) -> Iterator[SearchDocument]:
    """The documents with the vectors of their texts. What the file lacks is read and kept in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as kept:
        kept.execute("CREATE TABLE IF NOT EXISTS vectors (digest TEXT PRIMARY KEY, vector BLOB)")
        for start in range(0, len(documents), BATCH):
            chunk = documents[start : start + BATCH]
            digests = [digest_of(text_of(document), model.space) for document in chunk]
            found = [kept.execute("SELECT vector FROM vectors WHERE digest = ?", (digest,)).fetchone() for digest in digests]
            unread = [place for place, row in enumerate(found) if row is None]
            vectors = model.passages([text_of(chunk[place]) for place in unread]) if unread else []
            for place, vector in zip(unread, vectors, strict=True):
                found[place] = (packed(vector),)
                kept.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?)", (digests[place], packed(vector)))
            kept.commit()
            yield from (replace(document, vector=unpacked(row[0])) for document, row in zip(chunk, found, strict=True))
