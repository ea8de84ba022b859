"""Fixity: checks that stored bytes are unchanged and repairs them from the second copy. Bad bytes go to quarantine, never deleted.

An absent storage is one outage and not thousands of losses, so the sentinel is read before any conclusion. Derivatives are not
repaired but made again.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .. import actions
from ..models import Blob, BlobCopy, FixityEvent
from ..models.blobs import ByteState
from ..processes import scratch
from ..storage import copies, main_storage
from ..storage.base import Storage, StorageAbsent, StorageError, read_into
from ..storage.hashing import sha256_of_chunks
from . import quarantine

log = logging.getLogger(__name__)
EVERY = timedelta(days=30)
GOOD, DAMAGED, MISSING, REPAIRED = ByteState.OK, ByteState.DAMAGED, ByteState.MISSING, "repaired"
UNREADABLE = "unreadable"


def due(now: bool = False) -> QuerySet[Blob]:
    """Blobs whose last check is a month ago (or all of them), the oldest check first."""
    blobs = Blob.objects.exclude(state=ByteState.ERASED).order_by("checked_at", "pk")
    before = timezone.now() - EVERY
    return blobs if now else blobs.filter(Q(checked_at__lt=before) | Q(checked_at=None, created_at__lt=before))


def check_next() -> bool:
    """Check one blob that is due; False when none is due or the storage is absent. For idle workers."""
    blob = due().first()
    return blob is not None and bool(verify([blob]))


def verify(blobs: Iterable[Blob]) -> dict[str, int]:
    """Check blobs and their copies and repair what can be repaired. Returns the count of each outcome; empty in an outage.

    Raises StorageAbsent when the main storage goes away meanwhile."""
    main = main_storage(patient=True)
    try:
        for storage in [main, *copies()]:
            storage.require()
    except StorageAbsent as error:
        _event(None, "storage", "", "outage", outcome="absent")
        log.error("fixity: %s; nothing is concluded from that", error)
        return {}
    counts: dict[str, int] = {}
    for blob in blobs:
        try:
            outcome = _verify_one(blob, main)
        except StorageError as error:
            main.require()
            outcome = _note_unreadable(blob, error)
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def _verify_one(blob: Blob, main: Storage) -> str:
    Blob.objects.filter(pk=blob.pk).update(state=ByteState.UNCHECKED)  # before the check: one that is cut off does not count
    state, digest = check(main, blob.key, blob.sha256)
    _event(blob, main.alias, blob.key, "check", found=digest, outcome=state)
    good_copies, outcome = _verify_copies(blob), str(state)
    if state != GOOD:
        outcome = _repair_original(blob, main, state, good_copies) if blob.area == Blob.Area.ORIGINAL else _make_again(blob, main, state)
    good = outcome in {GOOD, REPAIRED}
    Blob.objects.filter(pk=blob.pk).update(state=GOOD if good else outcome, checked_at=timezone.now())
    if good:
        _repair_copies(blob, main)
    return outcome


def _note_unreadable(blob: Blob, error: StorageError) -> str:
    """One object cannot be read although its storage answers: nothing is concluded, and it is tried again tomorrow, after the others."""
    log.error("fixity: %s cannot be read: %s", blob.key, error)
    _event(blob, "main", blob.key, "check", outcome=UNREADABLE)
    Blob.objects.filter(pk=blob.pk).update(checked_at=timezone.now() - EVERY + timedelta(days=1))
    return UNREADABLE


def check(storage: Storage, key: str, expected: str) -> tuple[ByteState, str]:
    """The state of one object and the hash of its bytes (empty when it is missing)."""
    try:
        digest = sha256_of_chunks(storage.stream(key))
    except FileNotFoundError:
        return MISSING, ""
    return (GOOD if digest == expected else DAMAGED), digest


def _verify_copies(blob: Blob) -> list[Storage]:
    """Check every copy. Returns the storages whose copy is good."""
    by_alias = {storage.alias: storage for storage in copies()}
    good = []
    for copy in blob.copies.all():
        if storage := by_alias.get(copy.storage):
            state, digest = check(storage, copy.key, blob.sha256)
            _event(blob, copy.storage, copy.key, "check", found=digest, outcome=state)
            BlobCopy.objects.filter(pk=copy.pk).update(state=state, checked_at=timezone.now())
            if state == GOOD:
                good.append(storage)
    return good


def _repair_original(blob: Blob, main: Storage, state: ByteState, good_copies: list[Storage]) -> str:
    """Restore the bytes from a good copy: quarantine, copy, check again. Without a good copy both are kept and an error is logged."""
    if not good_copies:
        log.error("fixity: %s is %s and no good copy exists", blob.key, state)
        _event(blob, main.alias, blob.key, "repair", outcome="both_bad" if blob.copies.exists() else "no_copy")
        return state
    copy_blob(good_copies[0], main, blob)
    new_state, digest = check(main, blob.key, blob.sha256)
    _event(blob, main.alias, blob.key, "repair", found=digest, outcome="repaired" if new_state == GOOD else "failed")
    log.error("fixity: %s was %s; repaired from %s: %s", blob.key, state, good_copies[0].alias, new_state)
    return REPAIRED if new_state == GOOD else new_state


def copy_blob(source: Storage, target: Storage, blob: Blob) -> None:
    """Copy a blob between storages through scratch. Other bytes under the same key go to quarantine first."""
    with scratch.working_folder(scratch.INGEST) as folder:
        path = folder / "copy"
        with path.open("xb") as file:
            read_into(source, blob.key, file)
        quarantine.put_instead(target, blob.key, path, blob.sha256, blob.mime)


def _make_again(blob: Blob, main: Storage, state: ByteState) -> str:
    """Put a bad derivative in quarantine and run its recipe once more."""
    if state == DAMAGED:
        quarantine.move_in(main, blob.key, blob)
    for derivative in blob.derivatives.select_related("asset__original").filter(state="current"):
        with transaction.atomic():
            actions.run_again(derivative.asset, only_failed=False)
    _event(blob, main.alias, blob.key, "repair", outcome="made_again")
    return state


def _repair_copies(blob: Blob, main: Storage) -> None:
    by_alias = {storage.alias: storage for storage in copies()}
    for copy in blob.copies.exclude(state=GOOD).exclude(state=ByteState.UNCHECKED):
        if storage := by_alias.get(copy.storage):
            copy_blob(main, storage, blob)
            state, digest = check(storage, copy.key, blob.sha256)
            BlobCopy.objects.filter(pk=copy.pk).update(state=state, checked_at=timezone.now())
            _event(blob, copy.storage, copy.key, "repair", found=digest, outcome="repaired" if state == GOOD else "failed")


def copy_next() -> bool:
    """Make the second copy of one original, read it back and compare it; False when no original lacks one.

    Raises StorageError when either storage fails."""
    for storage in copies():
        has_copy = BlobCopy.objects.filter(blob=OuterRef("pk"), storage=storage.alias)
        blob = Blob.objects.filter(area=Blob.Area.ORIGINAL, state=GOOD).exclude(Exists(has_copy)).order_by("pk").first()
        if blob is None:
            continue
        main_storage(patient=True).require()
        storage.require()
        try:
            copy_blob(main_storage(patient=True), storage, blob)
        except (StorageError, FileNotFoundError):
            counts = verify([blob])  # an original that is gone or unreadable must not stand in the way of the others
            if not counts or GOOD in counts:
                raise
            return True
        state, digest = check(storage, blob.key, blob.sha256)
        BlobCopy.objects.get_or_create(
            blob=blob, storage=storage.alias, defaults={"key": blob.key, "state": state, "checked_at": timezone.now()}
        )
        _event(blob, storage.alias, blob.key, "copy", found=digest, outcome=state)
        return True
    return False


def find_untracked() -> list[str]:
    """Keys of originals without a row; they are reported, never touched. Reads the whole listing."""
    main = main_storage(patient=True)
    main.require()
    untracked = []
    for stat in main.walk("o/"):
        if not Blob.objects.filter(key=stat.key).exists():
            untracked.append(stat.key)
            _event(None, main.alias, stat.key, "untracked", outcome="reported")
    return untracked


def _event(blob: Blob | None, storage: str, key: str, action: str, *, found: str = "", outcome: str = "") -> None:
    expected = blob.sha256 if blob else ""
    FixityEvent.objects.create(blob=blob, storage=storage, key=key, action=action, expected=expected, found=found, outcome=str(outcome))


def open_problems() -> int:
    """How many originals are known to be missing or damaged now."""
    return Blob.objects.filter(area=Blob.Area.ORIGINAL, state__in=[DAMAGED, MISSING]).count()
