"""SHA-256 of files and streams."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def sha256_of(path: Path) -> str:
    """The hash of a file as 64 hex digits, in one sequential read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_chunks(chunks: Iterable[bytes]) -> str:
    """The hash of bytes that arrive in chunks."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
