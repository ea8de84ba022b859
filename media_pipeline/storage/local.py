"""Bytes in a folder of this machine or a mounted disk: temporary name, fsync, link without replacing, fsync of the folder."""

import errno
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from .base import CHUNK, SENTINEL, SENTINEL_KEY, KeyConflict, Stat, StorageAbsent, StorageError, StorageFull, require_order
from .hashing import sha256_of

LEFTOVER_SECONDS = 24 * 3600


class LocalStorage:
    """A folder. Half-written files live in its ``tmp/``, on the same file system, and are never seen under a key."""

    def __init__(self, root: Path, alias: str = "main") -> None:
        self.root, self.alias = root, alias

    def path(self, key: str) -> Path:
        """The file of a key; keys are ours, and one that would leave the folder is a programming error."""
        path = self.root / key
        if ".." in path.parts or key.startswith("/"):
            raise ValueError(f"not a key: {key!r}")
        return path

    def put(self, key: str, source: Path, sha256: str, mime: str) -> None:
        target = self.path(key)
        with _translated(writing=True):
            if target.exists():
                return self._compare(target, sha256)
            temporary = self._temporary_copy(source)
            try:
                make_folder(target.parent, self.root)
                os.link(temporary, target)
            except FileExistsError:
                self._compare(target, sha256)
            finally:
                temporary.unlink(missing_ok=True)
            sync_folder(target.parent)
        return None

    def _temporary_copy(self, source: Path) -> Path:
        """The source under a temporary name on the storage's own file system, its bytes on the disk.

        Sources are scratch files that are never written again, so a hard link is as good as a copy.
        """
        temporary = self.root / "tmp" / uuid.uuid4().hex
        make_folder(temporary.parent, self.root)
        with ExitStack() as unfinished:
            unfinished.callback(temporary.unlink, missing_ok=True)
            _link_or_copy(source, temporary)
            temporary.chmod(0o440)
            os.utime(temporary)  # its age in the storage counts from now: what is young and has no row yet is left alone
            unfinished.pop_all()
        return temporary

    @staticmethod
    def _compare(target: Path, sha256: str) -> None:
        if sha256_of(target) != sha256:
            raise KeyConflict(f"other bytes are stored as {target.name}")

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        with _translated():
            return _chunks(self.path(key).open("rb"), start, end)

    def stat(self, key: str) -> Stat | None:
        try:
            with _translated():
                status = self.path(key).stat()
        except FileNotFoundError:
            return None
        return Stat(key, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def delete(self, key: str, *, by_order: bool = False) -> None:
        require_order(key, by_order)
        with _translated():
            self.path(key).unlink(missing_ok=True)

    def walk(self, prefix: str) -> Iterator[Stat]:
        start = self.root / prefix
        for folder, _folders, files in os.walk(start, onerror=_raise_unless_missing):
            for name in files:
                key = str((Path(folder) / name).relative_to(self.root))
                if stat := self.stat(key):
                    yield stat

    def move(self, key: str, target: str) -> None:
        with _translated():
            make_folder(self.path(target).parent, self.root)
            self.path(key).rename(self.path(target))
            sync_folder(self.path(target).parent)
            sync_folder(self.path(key).parent)

    def sign(self, key: str, seconds: int, mime: str, disposition: str) -> str:
        return ""

    def allow_origin(self, origin: str) -> None:
        return  # browsers never ask a folder

    def abort_leftovers(self) -> int:
        """Remove temporary files older than a day: a put that breaks off removes its own, unless its process is killed."""
        before, removed = time.time() - LEFTOVER_SECONDS, 0
        with _translated():
            for path in (self.root / "tmp").glob("*"):
                if path.stat().st_ctime < before:  # a new link to an old file has a new ctime
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def free_bytes(self) -> int | None:
        with _translated():
            return shutil.disk_usage(self.root).free if self.root.exists() else None

    def prepare(self) -> None:
        with _translated(writing=True):
            self.root.mkdir(parents=True, exist_ok=True)
            (self.root / "tmp").mkdir(exist_ok=True)
            sentinel = self.root / SENTINEL_KEY
            if not sentinel.exists():
                if any(self.root.glob("o/*")):
                    raise StorageAbsent(f"{self.root} holds originals but no sentinel")
                sentinel.write_bytes(SENTINEL)

    def require(self) -> None:
        try:
            if (self.root / SENTINEL_KEY).read_bytes() == SENTINEL:
                return
        except OSError:
            pass
        raise StorageAbsent(f"{self.root} is empty or not mounted")


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP}:
            raise
        with source.open("rb") as reading, target.open("xb") as writing:
            shutil.copyfileobj(reading, writing, CHUNK)
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _chunks(file: BinaryIO, start: int, end: int | None) -> Iterator[bytes]:
    with file as reading:
        reading.seek(start)
        left = None if end is None else end - start
        while left is None or left > 0:
            with _translated():
                chunk = reading.read(CHUNK if left is None else min(CHUNK, left))
            if not chunk:
                return
            if left is not None:
                left -= len(chunk)
            yield chunk


def _raise_unless_missing(error: OSError) -> None:
    """For ``os.walk``, which would skip a folder that cannot be read: a listing that is not whole must not look whole."""
    if not isinstance(error, FileNotFoundError):
        raise StorageError(str(error)) from error


@contextmanager
def _translated(*, writing: bool = False) -> Iterator[None]:
    """The operating system's errors as the storage's own. When reading, a file that is not there stays FileNotFoundError."""
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not writing:
            raise
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise (StorageFull if full else StorageError)(str(error)) from error


def make_folder(folder: Path, root: Path) -> None:
    """Create a folder below root; each new name is on the disk before anything is put inside."""
    new_folders = []
    while folder != root and not folder.exists():
        new_folders.append(folder)
        folder = folder.parent
    for new_folder in reversed(new_folders):
        new_folder.mkdir(exist_ok=True)
        sync_folder(new_folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
