"""Cleans up after crashes: expired leases, abandoned scratch folders, unfinished uploads, files without rows.

Safe to run at any time, by any number of workers. Nothing is removed while the storage is absent.
"""

import logging
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from ..delivery import public_links
from ..jobs import lease, plan
from ..models import Asset, Blob, Derivative, MediaJob, Upload
from ..processes import scratch
from ..storage import main_storage
from ..storage.base import StorageError
from . import erasure

logger = logging.getLogger(__name__)
SUPERSEDED_FOR = timedelta(hours=24)  # a running player may still be reading
ORPHAN_AFTER = timedelta(hours=24)
SCRATCH_SECONDS = DAY_SECONDS = 24 * 3600


def sweep() -> dict[str, int]:
    """Every step once. Returns the number of things cleaned up by each step that its storage allowed."""
    counts = {}
    for name, step in STEPS.items():
        try:
            counts[name] = step()
        except StorageError as error:
            logger.warning("The step %s waits for its storage: %s", name, error)
    return counts


def remove_scratch() -> int:
    """Remove the scratch folders of jobs that no worker holds, and those of old uploads.

    Folders are listed before leases are read: a folder is made after its lease is committed, so a living one is always known.
    """
    folders = list(scratch.area(scratch.JOBS).iterdir())
    leases = MediaJob.objects.filter(state=MediaJob.State.RUNNING).values_list("pk", "lease_token")
    live = {f"{pk}-{token}" for pk, token in leases}
    abandoned = [folder for folder in folders if folder.name not in live]
    abandoned += [folder for folder in scratch.area(scratch.INGEST).iterdir() if _older_than(folder, SCRATCH_SECONDS)]
    for folder in abandoned:
        shutil.rmtree(folder, ignore_errors=True)
    return len(abandoned)


def _older_than(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime > seconds
    except FileNotFoundError:
        return False


def expire_uploads() -> int:
    """Close uploads that nobody has sent on for a week, and delete scratch files that no upload needs. What came whole is kept."""
    state = Upload.State
    closed = Upload.objects.filter(expires_at__lt=timezone.now(), state=state.OPEN).update(state=state.EXPIRED)
    needed = Upload.objects.filter(state__in=[state.OPEN, state.ASSEMBLING, state.WAITING])
    names = {str(each) for each in needed.values_list("uuid", flat=True)}
    for path in scratch.area(scratch.UPLOADS).iterdir():
        if path.name not in names and _older_than(path, 60):
            path.unlink(missing_ok=True)
    return closed


def remove_superseded() -> int:
    """Delete the rows of derivatives that were replaced a day ago; their bytes go with the unused blobs."""
    old = Derivative.objects.filter(state=Derivative.State.SUPERSEDED, superseded_at__lt=timezone.now() - SUPERSEDED_FOR)
    return old.delete()[0]


def remove_unused_blobs() -> int:
    """Delete derived bytes that no derivative uses: rows first, files after the commit. An original stays, used or not."""
    old = timezone.now() - timedelta(minutes=10)
    unused = Blob.objects.filter(area=Blob.Area.DERIVATIVE, assets__isnull=True, derivatives__isnull=True, created_at__lt=old)
    count = 0
    for blob in unused:
        with transaction.atomic():
            still = Blob.objects.select_for_update().filter(pk=blob.pk, assets__isnull=True, derivatives__isnull=True).first()
            if still:
                still.delete()
                transaction.on_commit(partial(main_storage(patient=True).delete, blob.key))
                count += 1
    return count


def abort_parts() -> int:
    """Abort S3 part uploads that were not finished within a day."""
    return main_storage(patient=True).abort_leftovers()


def remove_orphans() -> int:
    """Delete derivatives without a row that are older than a day; assets in processing are left alone.

    Reads the whole listing, by command. Returns the number of deleted files. Originals: see ``quarantine.move_untracked``."""
    main_storage(patient=True).require()
    before, count = timezone.now() - ORPHAN_AFTER, 0
    busy = {str(each) for each in Asset.objects.filter(jobs__state__in=plan.UNDERWAY).values_list("uuid", flat=True)}
    for stat in main_storage(patient=True).walk("d/"):
        old = stat.modified < before and stat.key.split("/")[1] not in busy
        if old and not Blob.objects.filter(key=stat.key).exists():
            main_storage(patient=True).delete(stat.key)
            count += 1
    return count


def _while_storage_answers(step: Callable[[], int]) -> Callable[[], int]:
    """The step, which raises StorageAbsent before it concludes anything from an absent storage."""

    def checked() -> int:
        main_storage(patient=True).require()
        return step()

    return checked


#: Name of each step → what it does. Workers run each by itself, so that one that fails leaves the others alone.
STEPS: dict[str, Callable[[], int]] = {
    "leases": lease.reclaim_leases,
    "scratch": remove_scratch,
    "uploads": expire_uploads,
    "erased": erasure.remove_erased,
    "superseded": remove_superseded,
    "blobs": _while_storage_answers(remove_unused_blobs),
    "links": _while_storage_answers(public_links.reconcile),
}
