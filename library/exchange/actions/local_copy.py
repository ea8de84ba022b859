"""The uploaded file on this machine, while its import is at work; the storage has it for all machines."""

import hashlib
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from media_pipeline.intake.ingest import storage_errors_as_waiting
from media_pipeline.processes import scratch
from media_pipeline.storage import main_storage
from media_pipeline.storage.base import CHUNK, read_into

from ..errors import SheetError
from ..models import Import
from ..sheets.limits import UPLOAD_BYTES

AREA = "imports"
MIME = "application/octet-stream"


def receive_into(stream: BinaryIO, target: Path) -> str:
    """Writes the upload to a file, counting; returns its SHA-256. Raises SheetError for more than is allowed."""
    digest, size = hashlib.sha256(), 0
    with scratch.disk_errors_as_waiting(), target.open("xb") as file:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > UPLOAD_BYTES:
                raise SheetError("too_large")
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def store(path: Path, sha256: str) -> str:
    """Keeps the file where every worker can read it; returns its key."""
    key = f"i/{uuid.uuid4().hex}-{sha256}"
    main_storage().put(key, path, sha256, MIME)
    return key


@contextmanager
def local_copy(job: Import) -> Iterator[Path]:
    """The file of the import on this machine. It stays for the next step; ``forget`` removes it. Raises SheetError when it is lost."""
    if not job.key:
        raise SheetError("lost")
    target = _place(job)
    if not target.exists():
        part = target.with_suffix(f".{job.lease_token}.part")
        try:
            with scratch.disk_errors_as_waiting(), part.open("wb") as file:
                _fetch(job.key, file)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    yield target


def _fetch(key: str, file: BinaryIO) -> None:
    try:
        with storage_errors_as_waiting():
            read_into(main_storage(patient=True), key, file)
    except FileNotFoundError as error:
        raise SheetError("lost") from error


def forget(job: Import, *, unused_since: datetime | None = None) -> None:
    """Removes the file from this machine and from the storage, unless a person has gone on with the import meanwhile."""
    rows = Import.objects.filter(pk=job.pk, key=job.key).exclude(state__in=Import.AT_WORK)
    if unused_since is not None:
        rows = rows.filter(used_at__lt=unused_since)
    if not rows.update(key=""):
        return
    _place(job).unlink(missing_ok=True)
    if job.key and not Import.objects.filter(key=job.key).exists():  # a key may be shared by equal files
        main_storage(patient=True).delete(job.key)


@contextmanager
def scratch_folder(job: Import) -> Iterator[Path]:
    """An empty folder for parts of the file."""
    folder = scratch.area(AREA) / f"{job.pk}-{job.lease_token}-parts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _place(job: Import) -> Path:
    return scratch.area(AREA) / f"{job.pk}-{job.sha256[:16]}"
