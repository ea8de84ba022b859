"""The actions of resumable upload while bytes arrive: begin, append, give up. A weak link may break off at any byte and go on later.

The server takes bytes at its own offset only and from one writer at a time; the offset is written after the bytes are on the
disk, so that what was acknowledged is there. Chunks land in the scratch folder of this machine; ``assembly`` takes the file in.
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import F, QuerySet
from django.http import UnreadablePostError
from django.utils import timezone

from .. import file_names
from ..errors import Refused
from ..limits import LARGEST
from ..models import Asset, Upload
from ..processes import scratch
from ..storage.base import CHUNK

CHUNK_BYTES = 1024 * 1024  # what clients are asked to send at once
LARGEST_CHUNK = 16 * 1024 * 1024
OPEN_UPLOADS = 5
KEPT_FOR = timedelta(days=7)  # since the last byte
WHOLE = (Upload.State.ASSEMBLING, Upload.State.WAITING)


def begin(
    user: Any, name: str, size: int, *, sha256: str = "", mime: str = "", fingerprint: str = "", replaces: Asset | None = None
) -> Upload:
    """Open an upload, or find the one of this file that the person began earlier. Raises Refused: too large, too many open ones;
    Waiting: no room."""
    if size <= 0:
        raise Refused("empty")
    if size > LARGEST:
        raise Refused("too_large_file")
    if fingerprint and (earlier := _begun_earlier(user, name, size, fingerprint, replaces)):
        return earlier
    _require_place(user)
    with scratch.disk_errors_as_waiting():
        scratch.require_room(2 * size)
    return create(user, name, size, sha256=sha256, mime=mime, fingerprint=fingerprint, replaces=replaces)


def create(
    user: Any, name: str, size: int, *, sha256: str = "", mime: str = "", fingerprint: str = "", replaces: Asset | None = None
) -> Upload:
    """The row of an upload and its empty scratch file. Raises Waiting when the disk takes no file."""
    upload = Upload(
        user=user,
        name=file_names.storable(name),
        declared_size=size,
        declared_sha256=sha256.lower()[:64],
        declared_mime=file_names.storable(mime)[:255],
        fingerprint=fingerprint,
        replaces=replaces,
        expires_at=timezone.now() + KEPT_FOR,
    )
    with scratch.disk_errors_as_waiting():
        file_of(upload).touch(mode=0o600)
    upload.save(force_insert=True)
    return upload


def open_uploads(user: Any) -> QuerySet[Upload]:
    """The uploads of a person that take bytes now."""
    return Upload.objects.filter(user=user, state=Upload.State.OPEN, expires_at__gt=timezone.now()).order_by("pk")


def _begun_earlier(user: Any, name: str, size: int, fingerprint: str, replaces: Asset | None) -> Upload | None:
    """The open upload of the same file whose bytes are here; its week begins anew."""
    same = {"name": file_names.storable(name), "declared_size": size, "fingerprint": fingerprint, "replaces": replaces}
    for upload in open_uploads(user).filter(**same):
        if file_of(upload).exists():
            upload.expires_at = timezone.now() + KEPT_FOR
            upload.save(update_fields=["expires_at"])
            return upload
    return None


def _require_place(user: Any) -> None:
    """At most so many open uploads; one that no byte has come for gives its place up."""
    if open_uploads(user).count() < OPEN_UPLOADS:
        return
    empty = open_uploads(user).filter(offset=0).first()
    if empty is None:
        raise Refused("too_many_uploads")
    give_up(empty)


def file_of(upload: Upload) -> Path:
    """Where the bytes of an upload are collected."""
    return scratch.area(scratch.UPLOADS) / str(upload.uuid)


def append(upload: Upload, offset: int, stream: BinaryIO, *, at_most: int = LARGEST_CHUNK) -> int:
    """Take the next bytes and return the new offset. When the link breaks off, what came before counts.

    Raises Refused: wrong offset, another writer, closed, more than was said; Waiting: the disk is full or broken.
    """
    with scratch.disk_errors_as_waiting(), only_writer(upload) as file:
        upload.refresh_from_db()
        require_open(upload)
        if offset != upload.offset:
            raise Refused("wrong_offset", str(upload.offset))
        file.truncate(upload.offset)  # bytes that a crash left behind were never acknowledged
        file.seek(upload.offset)
        written = _copy(stream, file, min(at_most, upload.declared_size - upload.offset))
        changes = {"offset": F("offset") + written, "expires_at": timezone.now() + KEPT_FOR}
        if not Upload.objects.filter(pk=upload.pk, offset=upload.offset).update(**changes):
            raise Refused("wrong_offset", str(upload.offset))
    upload.refresh_from_db()
    return upload.offset


def _copy(stream: BinaryIO, file: BinaryIO, allowed: int) -> int:
    """Write at most ``allowed`` bytes and put them on the disk; more than that is refused and nothing of it counts."""
    written = 0
    while chunk := _next_bytes(stream):
        written += len(chunk)
        if written > allowed:
            raise Refused("size_differs")
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return written


def _next_bytes(stream: BinaryIO) -> bytes:
    try:
        return stream.read(CHUNK)
    except UnreadablePostError:  # the sender is gone
        return b""


@contextmanager
def only_writer(upload: Upload, mode: str = "r+b") -> Iterator[BinaryIO]:
    """The scratch file, locked; the lock goes with the process. Raises Refused: busy, expired."""
    try:
        file: Any = file_of(upload).open(mode)
    except FileNotFoundError as error:
        raise Refused("expired") from error
    with file:
        if not scratch.lock(file):
            raise Refused("busy")
        yield file


def require_open(upload: Upload) -> None:
    """Raise Refused unless the upload takes bytes; a refused file keeps its own reason."""
    if upload.state == Upload.State.REFUSED:
        raise Refused(upload.problem)
    if upload.state != Upload.State.OPEN or upload.expires_at < timezone.now():
        raise Refused("expired")


def give_up(upload: Upload) -> None:
    """Close an upload by its sender's wish and drop its bytes. Raises Refused while it is being taken in ("busy").

    One that was refused is only no longer listed; one that was taken in stays as it is.
    """
    with contextlib.ExitStack() as held:
        if file_of(upload).exists():  # else its bytes are on another machine, or gone
            held.enter_context(only_writer(upload, "rb"))
        ending = {Upload.State.OPEN, *WHOLE, Upload.State.REFUSED}
        if Upload.objects.filter(pk=upload.pk, state__in=ending).update(state=Upload.State.EXPIRED):
            drop_bytes(upload)


def drop_bytes(upload: Upload) -> None:
    """Remove the scratch file; one that cannot be removed now is left to the sweeper."""
    with contextlib.suppress(OSError):
        file_of(upload).unlink(missing_ok=True)
