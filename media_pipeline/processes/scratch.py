"""Working folders on this machine. Everything in them may be thrown away at any time; the sweeper does."""

import errno
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ..errors import Transient, Waiting

_FULL = {errno.ENOSPC, errno.EDQUOT}
INGEST, JOBS, UPLOADS = "ingest", "jobs", "uploads"
RESERVE = 50 * 1024 * 1024  # what must stay free for the database and everybody else


def area(name: str) -> Path:
    """One of the areas of the scratch folder, created on first use and closed to others."""
    folder = Path(settings.MEDIA_SCRATCH) / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def working_folder(name: str, label: str = "") -> Iterator[Path]:
    """A new empty folder in an area, gone with everything in it at the end."""
    folder = area(name) / (label or uuid.uuid4().hex)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def part_for_children(folder: Path) -> Path:
    """The part of a working folder in which children write. What lies beside it, such as the original, they only read."""
    part = folder / "children"
    part.mkdir(mode=0o700, exist_ok=True)
    return part


def own_file(folder: Path, path: str | Path) -> Path:
    """The path of a result, which a child named. Raises Transient unless it is a plain file in its folder: a link could lead anywhere."""
    path = Path(path)
    if path.parent != folder or path.is_symlink() or not path.is_file():
        raise Transient("bad_output", f"{path} is not a file in {folder}")
    return path


def require_room(needed: int) -> None:
    """Raise Waiting when the scratch folder's file system cannot hold so many bytes more."""
    if shutil.disk_usage(area(JOBS)).free < needed + RESERVE:
        raise Waiting("disk_full", f"{needed} bytes needed")


def lock(file: BinaryIO) -> bool:
    """Hold an open file alone until it is closed; False when another process holds it. On Windows there is no such lock."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def full_disk_as_waiting() -> Iterator[None]:
    """A write that finds the disk full means waiting, not failure."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Waiting("disk_full", str(error)) from error
        raise


@contextmanager
def disk_errors_as_waiting() -> Iterator[None]:
    """While a file is received, whatever the operating system says of this disk is no fault of the file."""
    try:
        yield
    except OSError as error:
        raise Waiting("disk_full" if error.errno in _FULL else "disk_error", str(error)) from error
