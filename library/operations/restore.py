"""Brings a backup back: database, then originals that are missing, then what is made from them. Safe to repeat after a kill.

Nothing is deleted: originals that are newer than the restored database stay where they are and are counted. An original that was
erased by order stays erased, also when the database of the backup is older than the order.
"""

import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
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

from . import database_copy, originals
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
    copied, untracked, problems = _bring_originals(source, main)
    report(f"originals: {copied} copied")
    made_again = _make_missing_again(main)
    for command in ("rebuild_index", "reconcile"):  # of the package search, which imports this one
        if command in get_commands():
            call_command(command)
    return Restored(manifest.stamp, differing, copied, untracked, made_again, ordered, problems)


def restore_database(source: Storage, stamp: str = "", *, report: Report = lambda _line: None) -> list[str]:
    """Put only the database of a backup in place, its tables as that release made them; returns the tables that differ from the manifest.

    For going back to an older release: its own code cannot run now, and ours would bring the tables up to date. Nothing else is touched.
    """
    source.require()
    manifest = _chosen(source, stamp)
    with scratch.working_folder(scratch.INGEST) as folder:
        differing = _load_database(source, manifest, folder)
    report(f"database: {manifest.stamp}")
    return differing


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


def _bring_originals(source: Storage, main: Storage) -> tuple[int, int, list[str]]:
    """Copy the originals that the main storage lacks; returns how many, how many it has that are newer, and what went wrong.

    Newer ones are those that the restored database does not know. They stay.
    """
    copied, untracked, problems = 0, 0, []
    for blobs, stored in originals.parts(main):
        for blob in blobs:
            if stored.get(blob.key) != blob.size:
                problem = copy_verified(source, main, blob)
                copied += not problem
                problems += [problem] if problem else []
        untracked += len(stored.keys() - {blob.key for blob in blobs})
    return copied, untracked, problems


def _make_missing_again(main: Storage) -> int:
    """Queue the work on every asset of which a current derivative is gone; returns the number of assets. One listing for each asset."""
    current = Derivative.objects.filter(state=Derivative.State.CURRENT).exclude(asset__state=Asset.State.WITHDRAWN)
    rows = current.order_by("asset").values_list("asset", "asset__uuid", "blob__key").iterator()
    missing = []
    for (pk, uuid), group in groupby(rows, key=itemgetter(0, 1)):
        if {key for _pk, _uuid, key in group} - {stat.key for stat in main.walk(f"d/{uuid}/")}:
            missing.append(pk)
    for pk in missing:
        actions.run_again(Asset.objects.get(pk=pk), only_failed=False)
    return len(missing)
