"""Ingest: receive, hash, sniff, probe, check limits, store durably, write rows. Every file comes in this way.

The input is an open stream, never a path or an address. The file is on the disk before any row names it, and nothing is
acknowledged before both are done; a refusal leaves nothing behind. Name and declared type are shown as text and never trusted.
``Refused`` is the file's fault; ``Waiting`` is ours, and the same file may be brought again.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from .. import file_names
from ..errors import Damaged, MediaError, Protected, Refused, Waiting
from ..formats import FFPROBE, Format
from ..jobs import plan
from ..limits import LARGEST, LIMITS
from ..models import Asset, Blob
from ..models.blobs import ByteState
from ..preservation import quarantine
from ..probe import MediaInfo, probe
from ..processes import scratch
from ..processes.sandbox import Watch
from ..storage import main_storage, original_key
from ..storage.base import CHUNK, StorageAbsent, StorageError, StorageFull
from .sniff import HEAD, sniff

__all__ = ["Received", "Refused", "ingest", "ingest_received"]


@dataclass(frozen=True, slots=True)
class Received:
    """A whole file in scratch, counted and hashed while it came."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the sender declared about the file. It is shown and compared, never trusted."""

    name: str
    mime: str = ""
    size: int | None = None
    sha256: str = ""


def ingest(
    stream: BinaryIO,
    name: str,
    *,
    user: Any = None,
    declared_mime: str = "",
    declared_size: int | None = None,
    declared_sha256: str = "",
) -> Asset:
    """Take a file in and return its asset, stored, its work queued.

    Raises Refused (``code``, ``message``, ``status``) when the file is not taken, Waiting when we cannot take it now; a damaged file of
    an allowed type is kept, in the state "failed".
    """
    declaration = Declaration(name, declared_mime, declared_size, declared_sha256.strip().lower())
    with scratch.disk_errors_as_waiting(), scratch.working_folder(scratch.INGEST) as folder:
        received = receive(stream, folder / "original", declaration)
        return ingest_received(received, declaration, folder=folder, user=user)


def receive(stream: BinaryIO, path: Path, declaration: Declaration) -> Received:
    """Write the stream to a scratch file, hashing while it comes. Raises Refused on more than is allowed, Waiting on a full disk."""
    if declaration.size is not None and declaration.size > LARGEST:
        raise Refused("too_large_file")
    digest, size = hashlib.sha256(), 0
    with scratch.disk_errors_as_waiting(), path.open("xb") as file:
        scratch.require_room(2 * (declaration.size or 0))
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise Refused("too_large_file")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Received(path, size, digest.hexdigest())


def ingest_received(
    received: Received,
    declaration: Declaration,
    *,
    folder: Path,
    user: Any = None,
    watch: Watch | None = None,
    patient: bool = False,
    then: Callable[[Asset], None] | None = None,
) -> Asset:
    """Ingest a file that is in scratch already; resumable uploads end here too.

    ``then`` belongs to the transaction that writes the rows. ``patient``: a worker, which may wait longer for the storage.
    """
    _require_as_declared(received, declaration)
    with received.path.open("rb") as file:
        format_ = sniff(file.read(HEAD), declaration.name)
    _require_size(received, format_.kind)
    if Blob.objects.filter(area=Blob.Area.ORIGINAL, sha256=received.sha256, state=ByteState.ERASED).exists():
        raise Refused("erased")
    info, problem = examine(received.path, format_, scratch.part_for_children(folder), watch)
    if info:
        _require_size(received, info.kind)
    mime = info.mime if info else format_.mime
    key = store_original(received, mime, patient=patient)
    with transaction.atomic():
        asset = _register(received, declaration, format_, info, problem, key, user)
        if then:
            then(asset)
    return asset


def _require_as_declared(received: Received, declaration: Declaration) -> None:
    if received.size == 0:
        raise Refused("empty")
    if declaration.size is not None and received.size != declaration.size:
        raise Refused("size_differs", f"{received.size} of {declaration.size} bytes")
    if declaration.sha256 and received.sha256 != declaration.sha256:
        raise Refused("hash_differs", received.sha256)


def _require_size(received: Received, kind: str) -> None:
    if received.size > LIMITS[kind].file_bytes:
        raise Refused("too_large_file")


def examine(path: Path, format_: Format, folder: Path, watch: Watch | None = None) -> tuple[MediaInfo | None, str]:
    """Facts and no problem, or no facts and the code of what is wrong; without ffprobe the facts come later.

    Raises Refused for what is beyond a limit, Waiting for what we lack. A file whose own parser cannot read it is damaged, and damaged
    files are kept.
    """
    try:
        return probe(path, format_, folder, watch), ""
    except (Damaged, Protected) as error:
        return None, error.code
    except Waiting as error:
        if format_.parser == FFPROBE and error.code == "no_ffmpeg":
            return None, ""
        raise
    except Refused:
        raise
    except MediaError as error:  # the parser itself needed too much: the file is kept and the reason is shown
        return None, error.code


def store_original(received: Received, mime: str, *, patient: bool = False) -> str:
    """Put the bytes where originals live; durable when this returns. Returns the key. Raises Waiting: the storage is away, full, failing.

    Damaged bytes of the same original go to quarantine: what comes in has just been hashed.
    """
    storage, key = main_storage(patient=patient), original_key(received.sha256)
    with storage_errors_as_waiting():
        storage.require()
        quarantine.put_instead(storage, key, received.path, received.sha256, mime)
    return key


@contextmanager
def storage_errors_as_waiting() -> Iterator[None]:
    """What is wrong with the storage is no fault of the file."""
    try:
        yield
    except StorageFull as error:
        raise Waiting("disk_full", str(error)) from error
    except StorageAbsent as error:
        raise Waiting("storage_absent", str(error)) from error
    except StorageError as error:
        raise Waiting("storage_error", str(error)) from error


def _register(
    received: Received, declaration: Declaration, format_: Format, info: MediaInfo | None, problem: str, key: str, user: Any
) -> Asset:
    """All rows: the blob (shared by equal bytes), the asset, its jobs and the notification for the workers."""
    blob, _created = Blob.objects.select_for_update().get_or_create(
        area=Blob.Area.ORIGINAL,
        sha256=received.sha256,
        defaults={"size": received.size, "key": key, "mime": info.mime if info else format_.mime, "state": ByteState.OK},
    )
    if blob.state == ByteState.ERASED:  # ordered while the bytes were stored
        raise Refused("erased")
    asset = Asset.objects.create(
        original=blob,
        name_as_given=file_names.storable(declaration.name),
        declared_mime=file_names.storable(declaration.mime)[:255],
        format=format_.code,
        uploaded_by=user if getattr(user, "pk", None) else None,
        **({"kind": format_.kind} | plan.facts(info)),
    )
    plan.enqueue(asset, problem=problem)
    plan.refresh(asset)
    return asset
