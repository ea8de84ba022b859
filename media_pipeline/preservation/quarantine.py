"""Quarantine: where bytes go that are damaged, or that no row names. Nothing in it is served, and only an erasure deletes from it.

After a restore of an older database the originals that came later have no row: they go to quarantine, and come back as soon as a
restored database names them again.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from ..models import Blob, FixityEvent
from ..models.blobs import ByteState
from ..storage import main_storage, original_key, quarantine_key
from ..storage.base import ORIGINALS, QUARANTINE, KeyConflict, Stat, Storage
from ..storage.hashing import sha256_of_chunks

YOUNG = timedelta(hours=24)  # a file without a row may be an upload whose row is being written


def move_in(storage: Storage, key: str, blob: Blob | None = None, *, outcome: str = "kept") -> str:
    """Move an object to quarantine and return its new key."""
    place = quarantine_key(key, timezone.now())
    storage.move(key, place)
    expected = blob.sha256 if blob else ""
    FixityEvent.objects.create(blob=blob, storage=storage.alias, key=place, action="quarantine", expected=expected, outcome=outcome)
    return place


def put_instead(storage: Storage, key: str, path: Path, sha256: str, mime: str) -> None:
    """Store a file; other bytes under the same key, which must be damaged, go to quarantine first."""
    try:
        storage.put(key, path, sha256, mime)
    except KeyConflict:
        move_in(storage, key, Blob.objects.filter(key=key).first())
        storage.put(key, path, sha256, mime)


def move_untracked() -> list[str]:
    """Move every original without a row that is older than a day to quarantine. Reads the whole listing; returns the keys."""
    storage, moved = main_storage(patient=True), []
    storage.require()
    before = timezone.now() - YOUNG
    for stat in list(storage.walk(ORIGINALS)):
        if stat.modified < before and not Blob.objects.filter(key=stat.key).exists():
            place = move_in(storage, stat.key, outcome="untracked")
            if Blob.objects.filter(key=stat.key).exists():  # its row was written meanwhile
                storage.move(place, stat.key)
            else:
                moved.append(stat.key)
    return moved


def objects() -> Iterator[Stat]:
    """Everything in quarantine."""
    storage = main_storage(patient=True)
    storage.require()
    return storage.walk(QUARANTINE)


def put_back() -> list[str]:
    """Give back to the storage what a row names and the storage lacks, if the bytes are the right ones. Returns the keys."""
    storage, returned = main_storage(patient=True), []
    for stat in list(objects()):
        blob = _blob_of(stat)
        if blob and storage.stat(blob.key) is None and sha256_of_chunks(storage.stream(stat.key)) == blob.sha256:
            storage.move(stat.key, blob.key)
            Blob.objects.filter(pk=blob.pk).update(state=ByteState.OK, checked_at=timezone.now())
            FixityEvent.objects.create(
                blob=blob, storage=storage.alias, key=blob.key, action="put_back", expected=blob.sha256, found=blob.sha256, outcome="ok"
            )
            returned.append(blob.key)
    return returned


def _blob_of(stat: Stat) -> Blob | None:
    """The original that an object in quarantine was, if a row names it and it is not to be erased."""
    sha256 = stat.key.rpartition("-")[2]
    originals = Blob.objects.filter(area=Blob.Area.ORIGINAL, key=original_key(sha256)).exclude(state=ByteState.ERASED)
    return originals.first()
