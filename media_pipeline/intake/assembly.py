"""Takes in what came whole: at once in the request, or by a worker. What we cannot take in now is kept and tried again.

A large file is hashed and stored by a worker, not while the browser waits. Each try is counted before it begins, so that a file that
ends the process is not tried again at once.
"""

import contextlib
import logging
from datetime import timedelta
from typing import Any, BinaryIO

from django.db.models import F, Q
from django.utils import timezone

from .. import actions
from ..delivery.policy import may_replace
from ..errors import Refused, Waiting
from ..models import Asset, Upload
from ..processes import scratch
from ..storage import main_storage
from ..storage.hashing import sha256_of
from . import uploads
from .ingest import Declaration, Received, ingest_received, storage_errors_as_waiting

logger = logging.getLogger(__name__)
AT_ONCE = 100 * 1000 * 1000  # bytes; larger files are taken in by a worker
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
OF_THE_STORAGE = {"storage_absent", "storage_error", "disk_full"}  # what stops one file stops every file


def receive_whole(user: Any, stream: BinaryIO, name: str, size: int, *, mime: str = "", replaces: Asset | None = None) -> Upload:
    """Take in a file that came whole with a form. The upload is done, or waiting: then a worker takes it in later.

    Raises Refused for the file's own fault, Waiting when the disk could not even keep it.
    """
    if size <= 0:
        raise Refused("empty")
    upload = uploads.create(user, name, size, mime=mime, replaces=replaces)
    try:
        if uploads.append(upload, 0, stream, at_most=size) != size:
            raise Refused("size_differs")
    except (Refused, Waiting):
        uploads.give_up(upload)
        raise
    _close(upload)
    with contextlib.suppress(Waiting):
        assemble(upload)
    upload.refresh_from_db()
    return upload


def finish(upload: Upload) -> Asset | None:
    """Take the whole file in; None when a worker will do it, or another process is at it.

    Raises Refused for the file's own fault, which closes the upload; Waiting when we cannot take it in now: its bytes are kept, and it
    is tried again by a worker and by the next call. Asking again after the end gives the same asset or the same reason.
    """
    upload.refresh_from_db()
    if upload.state == Upload.State.DONE:
        return upload.asset
    if upload.state not in uploads.WHOLE:
        uploads.require_open(upload)
        if upload.offset != upload.declared_size:
            raise Refused("size_differs", f"{upload.offset} of {upload.declared_size}")
        _close(upload)
    elif upload.state == Upload.State.WAITING and (not _is_due(upload) or upload.declared_size > AT_ONCE):
        raise Waiting(upload.problem)
    return None if upload.declared_size > AT_ONCE or not _is_due(upload) else assemble(upload)


def _close(upload: Upload) -> None:
    """It is whole: from now on it takes no bytes and does not expire."""
    Upload.objects.filter(pk=upload.pk, state=Upload.State.OPEN).update(state=Upload.State.ASSEMBLING)


def _is_due(upload: Upload) -> bool:
    return upload.next_try_at is None or upload.next_try_at <= timezone.now()


def assemble(upload: Upload, *, patient: bool = False) -> Asset | None:
    """Hash the file by one sequential read and take it in; None when another process is at it. Raises Refused and Waiting."""
    try:
        with scratch.disk_errors_as_waiting(), uploads.only_writer(upload, "rb"):
            upload.refresh_from_db()
            if upload.state in uploads.WHOLE:
                _settle(upload, patient=patient)
    except Refused as refusal:
        if refusal.code != "busy":
            raise
        return None
    upload.refresh_from_db()
    return upload.asset


def _settle(upload: Upload, *, patient: bool) -> None:
    """One try: done, refused or waiting."""
    _count_try(upload)
    try:
        with scratch.disk_errors_as_waiting():
            _take_in(upload, patient=patient)
    except Waiting as waiting:
        logger.warning("The upload %s waits: %s %s", upload.uuid, waiting.code, waiting.detail)
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.WAITING, problem=waiting.code)
        raise
    except Refused as refusal:
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.REFUSED, problem=refusal.code)
        uploads.drop_bytes(upload)
        raise
    uploads.drop_bytes(upload)


def _count_try(upload: Upload) -> None:
    """Before the try: each wait is twice as long as the one before."""
    wait = min(FIRST_WAIT * 2 ** min(upload.attempts, 10), LONGEST_WAIT)
    Upload.objects.filter(pk=upload.pk).update(attempts=F("attempts") + 1, next_try_at=timezone.now() + wait)


def _take_in(upload: Upload, *, patient: bool) -> None:
    with storage_errors_as_waiting():
        main_storage(patient=patient).require()  # before the file is read for nothing
    path = uploads.file_of(upload)
    received = Received(path, path.stat().st_size, sha256_of(path))
    declaration = Declaration(upload.name, upload.declared_mime, upload.declared_size, upload.declared_sha256)

    def conclude(asset: Asset) -> None:
        """In the transaction of the asset: an upload never becomes two assets."""
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.DONE, asset=asset, problem="")
        if upload.replaces:
            _replace(upload.replaces, asset, upload.user)

    with scratch.working_folder(scratch.INGEST) as folder:
        ingest_received(received, declaration, folder=folder, user=upload.user, patient=patient, then=conclude)


def _replace(old: Asset, new: Asset, user: Any) -> None:
    """The right is asked for now: the upload may have begun a week ago."""
    if not may_replace(user, old):
        raise Refused("may_not_replace")
    try:
        actions.replace(old, new, user=user)
    except ValueError as error:
        raise Refused("cannot_replace", str(error)) from error


def assemble_next() -> bool:
    """Take in one upload that waits on this machine; True if one was done or refused.

    Raises Waiting when the storage does not take files: the others would fare no better.
    """
    due = Q(next_try_at=None) | Q(next_try_at__lte=timezone.now())
    for upload in Upload.objects.filter(due, state__in=uploads.WHOLE).select_related("user", "replaces").order_by("attempts", "pk"):
        if not uploads.file_of(upload).exists():
            continue
        try:
            if assemble(upload, patient=True) is not None:
                return True
        except Refused:
            return True
        except Waiting as waiting:
            if waiting.code in OF_THE_STORAGE:
                raise
    return False
