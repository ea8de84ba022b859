"""Archives from outside: nothing is read before the names of all entries are harmless, and everything that is read is counted."""

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError

from ..errors import SheetError
from .limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, BAG_ENTRIES, LARGEST_RATIO, RATIO_FROM

BAG = "bagit.txt"  # by which an archive says that it is a bag
ENCRYPTED, UTF8 = 0x1, 0x800  # flag bits of an entry
CHUNK = 256 * 1024
#: What damaged or hostile entries raise while they are read.
BROKEN = (BadZipFile, DeflateError, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def open_archive(path: Path) -> ZipFile:
    """The archive, after its list of entries was checked. Raises SheetError."""
    try:
        archive = ZipFile(path)
    except BROKEN as error:
        raise SheetError("broken") from error
    try:
        check_entries(archive.infolist())
    except SheetError:
        archive.close()
        raise
    return archive


def check_entries(entries: list[ZipInfo]) -> None:
    """Raises SheetError for the first entry that no honest archive has."""
    if len(entries) > BAG_ENTRIES:
        raise SheetError("too_many_entries")
    names = [name_of(entry) for entry in entries]
    if len(entries) > ARCHIVE_ENTRIES and BAG not in names:
        raise SheetError("too_many_entries")
    if len(set(names)) < len(names):
        raise SheetError("same_names")
    for entry, name in zip(entries, names, strict=True):
        if entry.flag_bits & ENCRYPTED:
            raise SheetError("encrypted")
        if leads_outside(name) or leads_outside(entry.orig_filename):
            raise SheetError("outside")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind and not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
            raise SheetError("link")
    packed, unpacked = sum(entry.compress_size for entry in entries), sum(entry.file_size for entry in entries)
    if unpacked > ARCHIVE_BYTES or (unpacked > RATIO_FROM and unpacked > LARGEST_RATIO * max(packed, 1)):
        raise SheetError("unpacks_too_large")


def leads_outside(name: str) -> bool:
    """Whether a name is more than a path inside its archive."""
    return (
        not name
        or name.startswith(("/", "\\"))
        or "\\" in name
        or "\x00" in name
        or ":" in name.split("/")[0]
        or ".." in PurePosixPath(name).parts
    )


def name_of(entry: ZipInfo) -> str:
    """The name in the letters of whoever packed it: archives of Windows give names in its code page without saying so."""
    if entry.flag_bits & UTF8 or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeError:
        return entry.filename
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    return entry.filename


def parts(file: IO[bytes], most: int) -> Iterator[bytes]:
    """The bytes of an entry, counted. Raises SheetError at the first byte over ``most``, and for a damaged entry."""
    count = 0
    try:
        while chunk := file.read(CHUNK):
            count += len(chunk)
            if count > most:
                raise SheetError("unpacks_too_large")
            yield chunk
    except BROKEN as error:
        raise SheetError("broken") from error


def unpack(archive: ZipFile, entry: ZipInfo, target: Path, most: int) -> None:
    """Writes one entry to a new file of ours. Raises SheetError."""
    try:
        source = archive.open(entry)
    except BROKEN as error:
        raise SheetError("broken") from error
    with source, target.open("xb") as file:
        for part in parts(source, most):
            file.write(part)
