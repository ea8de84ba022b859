"""The files of an export: what is gathered, on this machine; the finished file, in the storage for all machines."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from media_pipeline.processes import scratch
from media_pipeline.storage import main_storage

from ...formats.format import Entry
from ...models import Export
from ..local_copy import MIME

AREA = "exports"


def gathered_path(export: Export) -> Path:
    """Where this machine keeps what was gathered."""
    return scratch.area(AREA) / f"{export.pk}.lines"


def has_gathered(export: Export) -> bool:
    """Whether this machine has all that was gathered so far; another machine may have begun."""
    path = gathered_path(export)
    return path.exists() and path.stat().st_size >= export.gathered_bytes


def append(export: Export, entries: Iterable[Entry]) -> int:
    """Adds records behind those that are sure; what a killed worker left behind them is overwritten. Returns the new length."""
    path = gathered_path(export)
    with scratch.disk_errors_as_waiting(), path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(export.gathered_bytes)
        file.seek(export.gathered_bytes)
        for each in entries:
            file.write(json.dumps(each, ensure_ascii=False).encode() + b"\n")
        return file.tell()


def gathered(export: Export) -> Iterator[Entry]:
    """The records that were gathered, one after another."""
    with gathered_path(export).open("rb") as file:
        for line in file:
            yield json.loads(line)


def store(export: Export, path: Path, sha256: str) -> str:
    """Keeps the finished file where every machine can read it; returns its key."""
    key = f"x/{export.pk}-{sha256}"
    main_storage(patient=True).put(key, path, sha256, MIME)
    return key


def forget(export: Export) -> None:
    """Removes what this machine gathered, and the finished file."""
    gathered_path(export).unlink(missing_ok=True)
    if export.key:
        main_storage(patient=True).delete(export.key)
