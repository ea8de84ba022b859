"""The interface of a storage. The database holds keys; only storages know where the bytes are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 256 * 1024
ORIGINALS, QUARANTINE = "o/", "q/"
LASTING_PREFIXES = (ORIGINALS, QUARANTINE)
#: An object of known content: when it cannot be read, the storage is absent, and that is an outage, not thousands of losses.
SENTINEL_KEY, SENTINEL = "sentinel", b"vietnam-cultures-library media storage\n"


@dataclass(frozen=True, slots=True)
class Stat:
    """What is known of a stored object without reading it."""

    key: str
    size: int
    modified: datetime


class StorageError(Exception):
    """The storage failed; it may work next time."""


class StorageAbsent(StorageError):
    """The storage is not mounted, not reachable or not the one that was prepared."""


class StorageFull(StorageError):
    """There is no room left."""


class NoOrderError(ValueError):
    """Somebody wanted to delete an original, or bytes in quarantine, without an order to erase them: a programming error."""


class KeyConflict(StorageError):
    """Other bytes are stored under this key already. Nothing was overwritten."""


class Storage(Protocol):
    """Keys to bytes. A key is written once; a second put of equal bytes is a success."""

    alias: str

    def put(self, key: str, source: Path, sha256: str, mime: str) -> None:
        """Store a file durably under a new key. Raises KeyConflict when other bytes are there."""

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from start up to end (not included). Raises FileNotFoundError before the first byte."""

    def stat(self, key: str) -> Stat | None:
        """Size and time, or None when nothing is stored under the key."""

    def delete(self, key: str, *, by_order: bool = False) -> None:
        """Remove an object; none there is a success. Raises NoOrderError for an original and for quarantine without ``by_order``."""

    def walk(self, prefix: str) -> Iterator[Stat]:
        """Every object whose key starts with the prefix."""

    def move(self, key: str, target: str) -> None:
        """Give an object another key (quarantine)."""

    def sign(self, key: str, seconds: int, mime: str, disposition: str) -> str:
        """An address outside the application, or an empty string where the storage has none."""

    def allow_origin(self, origin: str) -> None:
        """Let scripts of this origin read what signed addresses give. Raises StorageError where that cannot be set."""

    def abort_leftovers(self) -> int:
        """Remove what puts of killed processes left a day ago: part uploads, temporary files. Returns their number."""

    def free_bytes(self) -> int | None:
        """Room left, or None when the storage does not tell."""

    def prepare(self) -> None:
        """Create what the storage needs and its sentinel; done once at installation."""

    def require(self) -> None:
        """Read the sentinel. Raises StorageAbsent."""


def require_order(key: str, by_order: bool) -> None:
    """Only an erasure by order deletes originals and what lies in quarantine; a mistake elsewhere must not be able to."""
    if key.startswith(LASTING_PREFIXES) and not by_order:
        raise NoOrderError(f"{key} is deleted by an order to erase it only")


def read_into(storage: Storage, key: str, target: BinaryIO) -> None:
    """Copy an object into an open file."""
    for chunk in storage.stream(key):
        target.write(chunk)
