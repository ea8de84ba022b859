"""The actions of resumable upload: begin, append, finish, give up. A weak link may break off at any byte and go on later.

The server takes bytes at its own offset only and from one writer at a time; the offset is written after the bytes are on the
disk, so that what was acknowledged is there. Chunks land in the scratch folder of this machine; ``finish`` ends in ``ingest``.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import F
from django.utils import timezone

from .. import file_names
from ..errors import Refused, Waiting
from ..limits import LARGEST
from ..models import Asset, Upload
from ..processes import scratch
from ..storage.base import CHUNK
from ..storage.hashing import sha256_of
from .ingest import Declaration, Received, ingest_received

CHUNK_BYTES = 1024 * 1024  # what clients are asked to send at once
LARGEST_CHUNK = 16 * 1024 * 1024
OPEN_UPLOADS = 5
KEPT_FOR = timedelta(days=7)
AT_ONCE = 100 * 1000 * 1000  # larger files are checked by a worker, not while the browser waits


def begin(user: Any, name: str, size: int, *, sha256: str = "", mime: str = "") -> Upload:
    """Open an upload. Raises Refused: too large, too many open ones, no room."""
    if size <= 0:
        raise Refused("empty")
    if size > LARGEST:
        raise Refused("too_large_file")
    if Upload.objects.filter(user=user, state=Upload.State.OPEN, expires_at__gt=timezone.now()).count() >= OPEN_UPLOADS:
        raise Refused("too_many_uploads")
    try:
        scratch.require_room(2 * size)
    except Waiting as error:
        raise Refused(error.code) from error
    upload = Upload.objects.create(
        user=user,
        name=file_names.storable(name),
        declared_size=size,
        declared_sha256=sha256.lower()[:64],
        declared_mime=file_names.storable(mime)[:255],
        expires_at=timezone.now() + KEPT_FOR,
    )
    file_of(upload).touch(mode=0o600)
    return upload


def file_of(upload: Upload) -> Path:
    """Where the bytes of an upload are collected."""
    return scratch.area(scratch.UPLOADS) / str(upload.uuid)


def append(upload: Upload, offset: int, stream: BinaryIO) -> int:
    """Take the next bytes and return the new offset. Raises Refused: wrong offset, another writer, closed, more than was said."""
    with _only_writer(upload) as file:
        upload.refresh_from_db()
        _require_open(upload)
        if offset != upload.offset:
            raise Refused("wrong_offset", str(upload.offset))
        file.truncate(upload.offset)  # bytes that a crash left behind were never acknowledged
        file.seek(upload.offset)
        written = _copy(stream, file, min(LARGEST_CHUNK, upload.declared_size - upload.offset))
        if not Upload.objects.filter(pk=upload.pk, offset=upload.offset).update(offset=F("offset") + written):
            raise Refused("wrong_offset", str(upload.offset))
    upload.refresh_from_db()
    return upload.offset


def _copy(stream: BinaryIO, file: BinaryIO, allowed: int) -> int:
    """Write at most ``allowed`` bytes and put them on the disk; more than that is refused and nothing of it counts."""
    written = 0
    try:
        with scratch.full_disk_as_waiting():
            while chunk := stream.read(CHUNK):
                written += len(chunk)
                if written > allowed:
                    raise Refused("size_differs")
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except Waiting as error:
        raise Refused(error.code) from error
    return written


@contextmanager
def _only_writer(upload: Upload) -> Iterator[BinaryIO]:
    """The scratch file, locked; the lock goes with the process."""
    try:
        file = file_of(upload).open("r+b")
    except FileNotFoundError as error:
        raise Refused("expired") from error
    with file:
        if not scratch.lock(file):
            raise Refused("busy")
        yield file


def _require_open(upload: Upload) -> None:
    if upload.state != Upload.State.OPEN or upload.expires_at < timezone.now():
        raise Refused("expired")


def finish(upload: Upload) -> Asset | None:
    """Take the whole file in; None when a worker will do it (state "assembling"). Raises Refused, which closes the upload.

    Asking again after it is done gives the same asset.
    """
    upload.refresh_from_db()
    if upload.state == Upload.State.DONE:
        return upload.asset
    if upload.state == Upload.State.ASSEMBLING:
        return None
    _require_open(upload)
    if upload.offset != upload.declared_size:
        raise Refused("size_differs", f"{upload.offset} of {upload.declared_size}")
    if upload.declared_size > AT_ONCE:
        Upload.objects.filter(pk=upload.pk, state=Upload.State.OPEN).update(state=Upload.State.ASSEMBLING)
        return None
    return assemble(upload)


def assemble(upload: Upload) -> Asset | None:
    """Hash the file by one sequential read and take it in; None when another process is at it."""
    with _only_writer(upload):
        upload.refresh_from_db()
        if upload.state not in {Upload.State.OPEN, Upload.State.ASSEMBLING}:
            return upload.asset
        path = file_of(upload)
        received = Received(path, path.stat().st_size, sha256_of(path))
        declaration = Declaration(upload.name, upload.declared_mime, upload.declared_size, upload.declared_sha256)
        try:
            with scratch.working_folder(scratch.INGEST) as folder:
                asset = ingest_received(received, declaration, folder=folder, user=upload.user)
        except Refused as refusal:
            Upload.objects.filter(pk=upload.pk).update(state=Upload.State.REFUSED, problem=refusal.code)
            path.unlink(missing_ok=True)
            raise
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.DONE, asset=asset)
        path.unlink(missing_ok=True)
    return asset


def assemble_next() -> bool:
    """Take in one large upload that waits on this machine; True if there was one."""
    for upload in Upload.objects.filter(state=Upload.State.ASSEMBLING).select_related("user").order_by("pk"):
        if file_of(upload).exists():
            try:
                return assemble(upload) is not None
            except Refused:
                return True
    return False


def give_up(upload: Upload) -> None:
    """Close an open upload and drop its bytes."""
    Upload.objects.filter(pk=upload.pk, state=Upload.State.OPEN).update(state=Upload.State.EXPIRED)
    file_of(upload).unlink(missing_ok=True)
