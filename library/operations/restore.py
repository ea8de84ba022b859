"""Brings a backup back: database, then originals that are missing, then what is made from them. Safe to repeat after a kill.

Nothing is deleted: originals that are newer than the restored database stay where they are and are counted. An original that was
erased by order stays erased, also when the database of the backup is older than the order.
"""

import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection, transaction

from media_pipeline import actions
from media_pipeline.models import Asset, Blob, Derivative
from media_pipeline.models.blobs import ByteState
from media_pipeline.preservation import erasure
from media_pipeline.processes import scratch
from media_pipeline.storage import main_storage
from media_pipeline.storage.base import Storage

from . import database_copy
from .backup import copy_verified
from .snapshots import BackupError, Manifest, complete, erased_by_order, fetch, read_manifest

Report = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Restored:
    """The result: files and tables by number. ``differing``: tables whose rows are not as many as the manifest says."""

    stamp: str
    differing: list[str]
    copied: int
    untracked: int
    made_again: int
    erased: int
    problems: list[str]


def restore(source: Storage, stamp: str = "", *, new_storage: bool = False, report: Report = lambda _line: None) -> Restored:
    """Bring back the newest backup or that of ``stamp``. ``new_storage``: the main storage is empty and may be prepared.

    Raises BackupError, StorageError or DatabaseCopyError; the database is then as it was, or as in the backup.
    """
    source.require()
    manifest = _chosen(source, stamp)
    main = main_storage(patient=True)
    if new_storage:
        main.prepare()
    main.require()
    erased = erased_by_order(source)
    with scratch.working_folder(scratch.INGEST) as folder:
        differing = _load_database(source, manifest, folder)
        report(f"database: {manifest.stamp}")
        _unpack_editorial(source, manifest, folder)
    call_command("migrate", interactive=False, verbosity=0)
    ordered = _erase_again(erased)
    copied, problems = _bring_originals(source, main)
    report(f"originals: {copied} copied")
    untracked, made_again = _count_untracked(main), _make_missing_again(main)
    for command in ("rebuild_index", "reconcile"):  # of the package search, which imports this one
        if command in get_commands():
            call_command(command)
    return Restored(manifest.stamp, differing, copied, untracked, made_again, ordered, problems)


def _chosen(source: Storage, stamp: str) -> Manifest:
    stamps = complete(source)
    if not stamps:
        raise BackupError("there is no complete backup")
    manifest = read_manifest(source, stamp or stamps[-1])
    if manifest.vendor != connection.vendor:
        raise BackupError(f"the backup is of {manifest.vendor}, the database is {connection.vendor}: restore there, then move_database")
    return manifest


def _load_database(source: Storage, manifest: Manifest, folder: Path) -> list[str]:
    """Put the database in place; returns the tables that differ from the manifest."""
    found = database_copy.load(fetch(source, manifest.database, folder))
    return [f"{table}: {found.get(table)} ≠ {rows}" for table, rows in manifest.tables.items() if found.get(table) != rows]


def _unpack_editorial(source: Storage, manifest: Manifest, folder: Path) -> None:
    if manifest.editorial:
        path = fetch(source, manifest.editorial, folder)
        target = Path(settings.MEDIA_ROOT)
        target.mkdir(parents=True, exist_ok=True)
        with tarfile.open(path) as tar:
            tar.extractall(target, filter="data")  # our own file, its hash compared


def _erase_again(hashes: set[str]) -> int:
    """Carry out once more the orders of erasure that the restored database does not know; returns how many."""
    blobs = list(Blob.objects.filter(area=Blob.Area.ORIGINAL, sha256__in=hashes).exclude(state=ByteState.ERASED))
    for blob in blobs:
        with transaction.atomic():
            for asset in blob.assets.exclude(state=Asset.State.WITHDRAWN):
                actions.withdraw(asset)
            Derivative.objects.filter(asset__original=blob).delete()
            Blob.objects.filter(pk=blob.pk).update(state=ByteState.ERASED, checked_at=None)
    erasure.remove_erased()
    return len(blobs)


def _bring_originals(source: Storage, main: Storage) -> tuple[int, list[str]]:
    """Copy the originals that the main storage lacks; returns how many, and what went wrong."""
    copied, problems = 0, []
    for blob in Blob.objects.filter(area=Blob.Area.ORIGINAL).exclude(state=ByteState.ERASED).order_by("pk").iterator(chunk_size=2000):
        stat = main.stat(blob.key)
        if stat is not None and stat.size == blob.size:
            continue
        problem = copy_verified(source, main, blob)
        copied += not problem
        problems += [problem] if problem else []
    return copied, problems


def _count_untracked(main: Storage) -> int:
    """Originals in the storage that the restored database does not know: newer than the backup. They stay."""
    known = set(Blob.objects.filter(area=Blob.Area.ORIGINAL).values_list("key", flat=True))
    return sum(stat.key not in known for stat in main.walk("o/"))


def _make_missing_again(main: Storage) -> int:
    """Queue the work on every asset of which a current derivative is gone; returns the number of assets."""
    missing = set()
    for asset_id, key in Derivative.objects.filter(state=Derivative.State.CURRENT).values_list("asset", "blob__key").iterator():
        if asset_id not in missing and main.stat(key) is None:
            missing.add(asset_id)
    for asset in Asset.objects.filter(pk__in=missing).exclude(state=Asset.State.WITHDRAWN):
        actions.run_again(asset, only_failed=False)
    return len(missing)
