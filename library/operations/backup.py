"""Makes one backup: first the database, then every original that it names, last the manifest.

Why this order. An original is stored before its row is written, is never changed, and only an order of erasure deletes it. So what the
copied database names can be copied afterwards. In the other order the database would name originals that came between.
A backup that is cut off is begun again: originals that are there already are not copied a second time.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from media_pipeline.models import Blob
from media_pipeline.models.blobs import ByteState
from media_pipeline.preservation import quarantine
from media_pipeline.preservation.erasure import remove_bytes
from media_pipeline.preservation.fixity import check
from media_pipeline.processes import scratch
from media_pipeline.storage import copies, main_storage
from media_pipeline.storage.base import Storage, StorageError, read_into
from media_pipeline.storage.hashing import sha256_of

from . import database_copy, editorial, originals
from .snapshots import FORMAT, Manifest, StoredFile, complete, folder_of, put, read_manifest, require_files, write_manifest

ABANDONED_AFTER = timedelta(days=1)
Report = Callable[[str], object]


def make_backup(target: Storage, *, keep: int, verify: bool = False, report: Report = lambda _line: None) -> Manifest:
    """Make a backup and delete the oldest beyond ``keep``; originals stay. ``verify`` reads every original of the target again.

    What could not be copied is in the manifest's ``problems``. Raises StorageError, DatabaseCopyError or BackupError when none was made.
    """
    target.require()
    stamp = _stamp()
    with scratch.working_folder(scratch.INGEST) as folder:
        path, tables = database_copy.dump(folder)
        database = put(target, folder_of(stamp) + path.name, path)
        path.unlink()
        report(f"database: {database.size} bytes, {sum(tables.values())} rows")
        copied = _copy_originals(target, folder, verify=verify, report=report)
        manifest = Manifest(
            stamp,
            connection.vendor,
            database,
            put(target, folder_of(stamp) + copied.listed.name, copied.listed),
            tables,
            original_count=copied.count,
            original_bytes=copied.size,
            editorial=_editorial(target, stamp, folder, copied.problems, report),
            erased=_forget_erased(target),
            problems=copied.problems,
            format=FORMAT,
        )
        require_files(target, manifest)
        write_manifest(target, manifest, folder)
    _drop_old(target, keep)
    target.abort_leftovers()
    return manifest


def _stamp() -> str:
    """The name of a backup: its time in UTC, so that names sort by time."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")


@dataclass(slots=True)
class _Copied:
    """The originals gone through. ``size`` in bytes; ``listed``: key, size and hash of each, a line for each."""

    listed: Path
    count: int = 0
    size: int = 0
    problems: list[str] = field(default_factory=list)


def _copy_originals(target: Storage, folder: Path, *, verify: bool, report: Report) -> _Copied:
    """Copy what the target lacks: all that the copied database names, and perhaps a few newer ones."""
    sources, copied = [main_storage(patient=True), *copies()], _Copied(folder / "originals.tsv")
    with copied.listed.open("w", encoding="ascii") as lines:
        for blobs, stored in originals.parts(target):
            for blob in blobs:
                lines.write(f"{blob.key}\t{blob.size}\t{blob.sha256}\n")
                if problem := _copy_one(blob, stored.get(blob.key), sources, target, verify=verify):
                    copied.problems.append(problem)
                    report(problem)
                copied.count, copied.size = copied.count + 1, copied.size + blob.size
                if copied.count % 1000 == 0:
                    report(f"originals: {copied.count}")
            os.utime(folder)  # a first backup may take days, and the sweeper removes what nobody has touched for one
    return copied


def _copy_one(blob: Blob, size: int | None, sources: list[Storage], target: Storage, *, verify: bool) -> str:
    """Copy one original from the first source that has it whole, unless it is there; returns what went wrong.

    ``size``: the bytes that the target holds; None: it has no such original.
    """
    if size == blob.size and not (verify and check(target, blob.key, blob.sha256)[0] != ByteState.OK):
        return ""
    problems = []
    for source in sources:
        problem = copy_verified(source, target, blob)
        if not problem:
            return ""
        problems.append(problem)
    return "; ".join(problems)


def copy_verified(source: Storage, target: Storage, blob: Blob) -> str:
    """Copy an original between storages, its hash compared on the way; returns what went wrong, or an empty text.

    Damaged bytes in its place go to quarantine.
    """
    with scratch.working_folder(scratch.INGEST) as folder:
        path = folder / "original"
        try:
            with path.open("xb") as file:
                read_into(source, blob.key, file)
        except FileNotFoundError:
            return f"{blob.key}: missing in {source.alias}"
        except StorageError as error:
            return f"{blob.key}: {source.alias}: {error}"
        if sha256_of(path) != blob.sha256:
            return f"{blob.key}: damaged in {source.alias}"
        quarantine.put_instead(target, blob.key, path, blob.sha256, blob.mime)
    return ""


def _editorial(target: Storage, stamp: str, folder: Path, problems: list[str], report: Report) -> StoredFile | None:
    """Pictures and documents of editorial pages, which Wagtail keeps in a folder of its own. ``problems`` takes what is unreadable."""
    source = Path(settings.MEDIA_ROOT)
    if not source.is_dir():
        return None
    path = folder / "editorial.tar"
    problems += editorial.pack(source, path, report)
    return put(target, folder_of(stamp) + path.name, path)


def _forget_erased(target: Storage) -> list[str]:
    """Delete from the target what was erased by order since; returns the hashes of all such originals."""
    erased = Blob.objects.filter(area=Blob.Area.ORIGINAL, state=ByteState.ERASED)
    for blob in erased:
        remove_bytes(target, blob)
    return sorted(
        {blob.sha256 for blob in erased} | {sha for stamp in complete(target)[-1:] for sha in read_manifest(target, stamp).erased}
    )


def _drop_old(target: Storage, keep: int) -> None:
    """Delete the oldest backups beyond ``keep``, and what a cut-off backup left a day ago. The manifest goes first."""
    stamps = complete(target)
    dropped, before = set(stamps[:-keep]) if keep else set(), datetime.now(UTC) - ABANDONED_AFTER
    files = sorted(target.walk("s/"), key=lambda stat: not stat.key.endswith(".json"))
    for stat in files:
        stamp = stat.key.split("/")[1]
        if stamp in dropped or (stamp not in stamps and stat.modified < before):
            target.delete(stat.key)
