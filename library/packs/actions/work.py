"""The worker's part: builds the oldest issue that waits, and offers it when it is whole. Safe to be cut off at any point."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from background.leases import claimed, keep, put_off
from library.vocabularies.lookup import term_labels_read_once
from media_pipeline.errors import Waiting
from media_pipeline.processes import scratch
from media_pipeline.storage import main_storage
from media_pipeline.storage.base import StorageError
from media_pipeline.storage.hashing import sha256_of

from ..archive import zim
from ..archive.writing import DamagedFileError
from ..models import IssueState, Pack, PackedRecord, PackIssue
from ..subjects import subject_of
from .build import ZIM, Built, build
from .close import close_if_stale

logger = logging.getLogger(__name__)
AREA = "packs"
MIME = "application/zip"
KEYS = ("key", "delta_key", "zim_key")  # of the files of an issue
WAIT = timedelta(seconds=30)  # while disk or storage are not there
LOOKS_EVERY = 1.0  # seconds between two looks whether somebody has stopped it


def advance_packs() -> bool:
    """Builds the oldest issue that waits for a worker. Returns whether there was one."""
    with claimed(PackIssue.objects.filter(state__in=PackIssue.AT_WORK).select_related("pack")) as issue:
        if issue is None:
            return False
        with translation.override(issue.pack.language), term_labels_read_once():
            try:
                _advance(issue)
            except DamagedFileError as error:
                logger.warning("Pack issue %s has failed: %r", issue.pk, error)
                _end(issue, IssueState.FAILED, problem=_("Một tệp trong kho bị mất hoặc hỏng. Xin báo cho quản trị."))
            except (Waiting, StorageError) as error:
                logger.warning("Pack issue %s waits: %r", issue.pk, error)
                put_off(issue, WAIT, problem=_("Kho tệp đang không trả lời. Máy sẽ tự làm tiếp."))
                return False
    return True


def _advance(issue: PackIssue) -> None:
    pack = issue.pack
    subject = subject_of(pack.subject)
    total = subject.records.count() if subject is not None else 0
    if subject is None or not total:
        _end(issue, IssueState.FAILED, problem=_("Không còn tư liệu nào ai cũng xem được để làm gói."))
        return
    keep(issue, total=total, done=0, step_began_at=timezone.now(), problem="")
    scratch.require_room(3 * issue.estimate)  # what is new may be nearly all, and the ZIM is as large
    with scratch.working_folder(AREA) as folder, scratch.disk_errors_as_waiting():
        pack.name = subject.name
        built = build(pack, subject, _last_manifest(pack), folder, _watch(issue))
        if built.unchanged and pack.issues.filter(state=IssueState.READY).exists():
            _end(issue, IssueState.UNCHANGED)
            return
        _offer(issue, built, _zim(issue, built, folder))
    close_if_stale(issue)


def _zim(issue: PackIssue, built: Built, folder: Path) -> Path | None:
    """The same as a ZIM file; None where libzim is not installed."""
    if not zim.can_write_zim():
        return None
    step = _watch(issue)
    zim.write_zim(built.whole, folder / ZIM, built.manifest, lambda: step(len(built.packed)))
    return folder / ZIM


def _last_manifest(pack: Pack) -> dict[str, object]:
    """What the manifest of the last issue that went out says; empty for a first issue."""
    last = pack.issues.filter(number=pack.numbers, number__gt=0).first()
    return last.manifest if last is not None else {}


def _watch(issue: PackIssue) -> Callable[[int], None]:
    """Called again and again while the file is written. Raises LeaseLostError when a person has stopped the work."""
    looked_at = time.monotonic()

    def step(done: int) -> None:
        nonlocal looked_at
        if time.monotonic() - looked_at > LOOKS_EVERY:
            looked_at = time.monotonic()
            keep(issue, done=done)

    return step


def _offer(issue: PackIssue, built: Built, as_zim: Path | None) -> None:
    """Stores the files, then offers them and takes back those of the issues before: all in one transaction."""
    pack, number = issue.pack, built.manifest["number"]
    stored = _store(issue, built.whole, "", MIME) | _store(issue, built.new, "delta_", MIME) | _store(issue, as_zim, "zim_", zim.MIME)
    before = pack.issues.filter(number__gt=0).exclude(pk=issue.pk)
    with transaction.atomic():
        old_keys = [old for keys in before.values_list(*KEYS) for old in keys if old]
        before.filter(state__in=(IssueState.READY, IssueState.CLOSED)).update(state=IssueState.REPLACED)
        before.update(**dict.fromkeys(KEYS, ""), manifest={})
        pack.issues.filter(state=IssueState.UNCHANGED).delete()
        Pack.objects.filter(pk=pack.pk).update(numbers=number, name=pack.name)
        PackedRecord.objects.bulk_create(
            built.packed,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["pack", "identifier"],
            update_fields=["record", "number", "assets", "tracks", "contact"],
        )
        _end(issue, IssueState.READY, number=number, manifest=built.manifest, done=len(built.packed), **stored)
    for old in old_keys:
        main_storage(patient=True).delete(old)


def _store(issue: PackIssue, path: Path | None, prefix: str, mime: str) -> dict[str, str | int]:
    """Keeps a file, if there is one, where every machine can read it; returns what the columns of that prefix say of it."""
    if path is None:
        return {}
    sha256 = sha256_of(path)
    key = f"p/{issue.pk}-{sha256}"
    keep(issue)
    main_storage(patient=True).put(key, path, sha256, mime)
    return {f"{prefix}key": key, f"{prefix}sha256": sha256, f"{prefix}size": path.stat().st_size}


def _end(issue: PackIssue, state: str, **columns: object) -> None:
    keep(issue, state=state, finished_at=timezone.now(), **({"problem": ""} | columns))
