"""What a backup storage holds: originals under their own keys, and for each backup a folder that its manifest completes.

o/ab/cd/<sha256>            originals, once for all backups
s/<stamp>/database.*        the database of one moment
s/<stamp>/originals.tsv     key, size and SHA-256 of every original that this database names
s/<stamp>/editorial.tar     pictures of editorial pages
s/<stamp>/manifest.json     written last: a folder without it is no backup
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from media_pipeline.storage.base import Storage, read_into
from media_pipeline.storage.hashing import sha256_of

FORMAT = 1
MANIFEST = "manifest.json"


class BackupError(Exception):
    """A backup cannot be made, read or used; the text says why."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a backup. ``size`` in bytes."""

    key: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One complete backup. ``tables``: rows by table; ``erased``: hashes of originals that were erased by order, ever."""

    stamp: str
    vendor: str
    database: StoredFile
    originals: StoredFile
    tables: dict[str, int]
    original_count: int
    original_bytes: int
    editorial: StoredFile | None = None
    erased: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    format: int = FORMAT


def folder_of(stamp: str) -> str:
    """Where the files of one backup lie."""
    return f"s/{stamp}/"


def put(storage: Storage, key: str, path: Path) -> StoredFile:
    """Store a file of a backup."""
    stored = StoredFile(key, sha256_of(path), path.stat().st_size)
    storage.put(key, path, stored.sha256, "application/octet-stream")
    return stored


def fetch(storage: Storage, stored: StoredFile, folder: Path) -> Path:
    """A file of a backup, its hash compared. Raises BackupError when it is missing or changed."""
    path = folder / Path(stored.key).name
    try:
        with path.open("wb") as file:
            read_into(storage, stored.key, file)
    except FileNotFoundError as error:
        raise BackupError(f"{stored.key} is missing") from error
    if sha256_of(path) != stored.sha256:
        raise BackupError(f"{stored.key} has changed since it was written")
    return path


def require_files(storage: Storage, manifest: Manifest) -> None:
    """Raises BackupError where a file of this backup is gone: another backup that ran beside it took it for abandoned."""
    files = [stored for stored in (manifest.database, manifest.originals, manifest.editorial) if stored]
    gone = [stored.key for stored in files if storage.stat(stored.key) is None]
    if gone:
        raise BackupError(f"gone while the backup was made: {', '.join(gone)}")


def write_manifest(storage: Storage, manifest: Manifest, folder: Path) -> None:
    """Complete a backup."""
    path = folder / MANIFEST
    path.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
    put(storage, folder_of(manifest.stamp) + MANIFEST, path)


def read_manifest(storage: Storage, stamp: str) -> Manifest:
    """The manifest of one backup. Raises BackupError when there is none or its format is not known here."""
    try:
        values: dict[str, Any] = json.loads(b"".join(storage.stream(folder_of(stamp) + MANIFEST)))
    except FileNotFoundError as error:
        raise BackupError(f"{stamp} is no complete backup") from error
    if values["format"] != FORMAT:
        raise BackupError(f"{stamp} was written by another release (format {values['format']})")
    files = {name: StoredFile(**values[name]) if values[name] else None for name in ("database", "originals", "editorial")}
    return Manifest(**(values | files))


def complete(storage: Storage) -> list[str]:
    """The stamps of all complete backups, the oldest first."""
    return sorted(stat.key.split("/")[1] for stat in storage.walk("s/") if stat.key.endswith("/" + MANIFEST))


def erased_by_order(storage: Storage) -> set[str]:
    """The hashes of all originals that were erased up to the newest backup: no older one may bring them back."""
    return {sha256 for stamp in complete(storage) for sha256 in read_manifest(storage, stamp).erased}
