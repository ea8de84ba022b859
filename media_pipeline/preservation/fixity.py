"""Are the bytes still what they were? Looks, tells, mends from the second copy. Bad bytes are moved to quarantine, never deleted.

An absent storage is one outage and never thousands of losses: the sentinel is read before anything is concluded. Derivatives
are not mended but made again.
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
from ..storage import copies, main_storage, quarantine_key
from ..storage.base import KeyConflict, Storage, StorageAbsent, read_into
from ..storage.hashing import sha256_of_chunks

log = logging.getLogger(__name__)
EVERY = timedelta(days=30)
GOOD, DAMAGED, MISSING, REPAIRED = ByteState.OK, ByteState.DAMAGED, ByteState.MISSING, "repaired"


def due(now: bool = False) -> QuerySet[Blob]:
    """Blobs whose last look is a month ago (or all of them), the oldest look first."""
    blobs = Blob.objects.exclude(state=ByteState.ERASED).order_by("checked_at", "pk")
    before = timezone.now() - EVERY
    return blobs if now else blobs.filter(Q(checked_at__lt=before) | Q(checked_at=None, created_at__lt=before))


def check_next() -> bool:
    """Look at one blob that is due; False when none is or the storage is absent. For workers with nothing else to do."""
    blob = due().first()
    return blob is not None and bool(verify([blob]))


def verify(blobs: Iterable[Blob]) -> dict[str, int]:
    """Look at blobs and their copies, mend what can be mended; returns how many of each outcome, nothing in an outage."""
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
        outcome = _verify_one(blob, main)
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def _verify_one(blob: Blob, main: Storage) -> str:
    Blob.objects.filter(pk=blob.pk).update(state=ByteState.UNCHECKED)  # before the look: a check that dies is no check
    state, digest = look(main, blob.key, blob.sha256)
    _event(blob, main.alias, blob.key, "check", found=digest, outcome=state)
    good_copies, outcome = _verify_copies(blob), str(state)
    if state != GOOD:
        outcome = _mend_original(blob, main, state, good_copies) if blob.area == Blob.Area.ORIGINAL else _make_again(blob, main, state)
    good = outcome in {GOOD, REPAIRED}
    Blob.objects.filter(pk=blob.pk).update(state=GOOD if good else outcome, checked_at=timezone.now())
    if good:
        _mend_copies(blob, main)
    return outcome


def look(storage: Storage, key: str, expected: str) -> tuple[ByteState, str]:
    """The state of one object, and the hash that was found (empty when there is none)."""
    try:
        digest = sha256_of_chunks(storage.stream(key))
    except FileNotFoundError:
        return MISSING, ""
    return (GOOD if digest == expected else DAMAGED), digest


def _verify_copies(blob: Blob) -> list[Storage]:
    """Look at every copy; returns the storages that hold good ones."""
    by_alias = {storage.alias: storage for storage in copies()}
    good = []
    for copy in blob.copies.all():
        if storage := by_alias.get(copy.storage):
            state, digest = look(storage, copy.key, blob.sha256)
            _event(blob, copy.storage, copy.key, "check", found=digest, outcome=state)
            BlobCopy.objects.filter(pk=copy.pk).update(state=state, checked_at=timezone.now())
            if state == GOOD:
                good.append(storage)
    return good


def _mend_original(blob: Blob, main: Storage, state: ByteState, good_copies: list[Storage]) -> str:
    """Bring the bytes back from a good copy: quarantine, copy, look again. Without a good copy both are kept and an alarm is given."""
    if not good_copies:
        log.error("fixity: %s is %s and no good copy exists", blob.key, state)
        _event(blob, main.alias, blob.key, "repair", outcome="both_bad" if blob.copies.exists() else "no_copy")
        return state
    bring(good_copies[0], main, blob)
    new_state, digest = look(main, blob.key, blob.sha256)
    _event(blob, main.alias, blob.key, "repair", found=digest, outcome="repaired" if new_state == GOOD else "failed")
    log.error("fixity: %s was %s; mended from %s: %s", blob.key, state, good_copies[0].alias, new_state)
    return REPAIRED if new_state == GOOD else new_state


def bring(source: Storage, target: Storage, blob: Blob) -> None:
    """Copy a blob between storages by way of scratch; what lies under the key with other bytes goes to quarantine first."""
    with scratch.working_folder(scratch.INGEST) as folder:
        path = folder / "copy"
        with path.open("xb") as file:
            read_into(source, blob.key, file)
        try:
            target.put(blob.key, path, blob.sha256, blob.mime)
        except KeyConflict:
            _quarantine(target, blob)
            target.put(blob.key, path, blob.sha256, blob.mime)


def _quarantine(storage: Storage, blob: Blob) -> None:
    place = quarantine_key(blob.key, timezone.now())
    storage.move(blob.key, place)
    _event(blob, storage.alias, place, "quarantine", outcome="kept")


def _make_again(blob: Blob, main: Storage, state: ByteState) -> str:
    """A derivative: out of the way, and its recipe once more."""
    if state == DAMAGED:
        _quarantine(main, blob)
    for derivative in blob.derivatives.select_related("asset__original").filter(state="current"):
        with transaction.atomic():
            actions.run_again(derivative.asset, only_failed=False)
    _event(blob, main.alias, blob.key, "repair", outcome="made_again")
    return state


def _mend_copies(blob: Blob, main: Storage) -> None:
    by_alias = {storage.alias: storage for storage in copies()}
    for copy in blob.copies.exclude(state=GOOD).exclude(state=ByteState.UNCHECKED):
        if storage := by_alias.get(copy.storage):
            bring(main, storage, blob)
            state, digest = look(storage, copy.key, blob.sha256)
            BlobCopy.objects.filter(pk=copy.pk).update(state=state, checked_at=timezone.now())
            _event(blob, copy.storage, copy.key, "repair", found=digest, outcome="repaired" if state == GOOD else "failed")


def copy_next() -> bool:
    """Give one original its second copy, read back and compared; False when every original has all of them."""
    for storage in copies():
        has_copy = BlobCopy.objects.filter(blob=OuterRef("pk"), storage=storage.alias)
        blob = Blob.objects.filter(area=Blob.Area.ORIGINAL, state=GOOD).exclude(Exists(has_copy)).order_by("pk").first()
        if blob is None:
            continue
        try:
            main_storage(patient=True).require()
            storage.require()
            bring(main_storage(patient=True), storage, blob)
        except (StorageAbsent, FileNotFoundError) as error:
            log.error("second copy of %s: %s", blob.key, error)
            return False
        state, digest = look(storage, blob.key, blob.sha256)
        BlobCopy.objects.get_or_create(
            blob=blob, storage=storage.alias, defaults={"key": blob.key, "state": state, "checked_at": timezone.now()}
        )
        _event(blob, storage.alias, blob.key, "copy", found=digest, outcome=state)
        return True
    return False


def find_untracked() -> list[str]:
    """Files among the originals that no row knows; reported, never touched. Reads the whole listing."""
    main = main_storage(patient=True)
    main.require()
    strangers = []
    for stat in main.walk("o/"):
        if not Blob.objects.filter(key=stat.key).exists():
            strangers.append(stat.key)
            _event(None, main.alias, stat.key, "untracked", outcome="reported")
    return strangers


def _event(blob: Blob | None, storage: str, key: str, action: str, *, found: str = "", outcome: str = "") -> None:
    expected = blob.sha256 if blob else ""
    FixityEvent.objects.create(blob=blob, storage=storage, key=key, action=action, expected=expected, found=found, outcome=str(outcome))


def open_problems() -> int:
    """How many originals are known to be missing or damaged now."""
    return Blob.objects.filter(area=Blob.Area.ORIGINAL, state__in=[DAMAGED, MISSING]).count()
