"""Where a table and its media come from: one file, an archive, or a folder on this machine. A path never leads out of it."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Protocol, cast
from unicodedata import normalize
from zipfile import ZipFile, is_zipfile

from ..errors import SheetError
from .archives import BROKEN, name_of, open_archive, unpack
from .csv_tables import read_csv
from .limits import ARCHIVE_ENTRIES, TABLE_BYTES
from .table import Table
from .workbooks import read_workbook

WORKBOOK, CSV = ".xlsx", ".csv"
TABLES = (WORKBOOK, CSV, ".tsv", ".txt", ".xlsm", ".xls", ".ods")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IGNORED = ("__MACOSX/", ".", "~$", "Thumbs.db", "desktop.ini")


class Media(Protocol):
    """The files beside a table, by name."""

    def names(self) -> list[str]:
        """Their names, with the folders they lie in."""

    def open(self, name: str) -> BinaryIO:
        """The bytes of one of them. Raises SheetError."""


class NoMedia:
    """A table that came alone."""

    def names(self) -> list[str]:
        return []

    def open(self, name: str) -> BinaryIO:
        raise SheetError("broken")


class _Entry:
    """An entry of an archive that is open to be read. Reading raises SheetError where the archive is damaged."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except BROKEN as error:
            raise SheetError("broken") from error

    def __enter__(self) -> "_Entry":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


class ArchiveMedia:
    """The files of an archive, one by one, never unpacked to a name of theirs."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._entries = {normalize("NFC", name_of(entry)): entry for entry in archive.infolist() if not entry.is_dir()}

    def names(self) -> list[str]:
        return [name for name in self._entries if not _is_ignored(name)]

    def open(self, name: str) -> BinaryIO:
        try:
            return cast(BinaryIO, _Entry(self._archive.open(self._entries[name])))
        except BROKEN as error:
            raise SheetError("broken") from error

    def unpack(self, name: str, target: Path) -> None:
        """Writes one file to ``target``."""
        unpack(self._archive, self._entries[name], target, TABLE_BYTES)


class FolderMedia:
    """The files of a folder. A link is refused, wherever it leads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []
        for place, folders, files in os.walk(folder):
            for name in [*folders, *files]:
                path = Path(place) / name
                mode = path.lstat().st_mode
                if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                    raise SheetError("link")
                if stat.S_ISREG(mode):
                    self._names.append(path.relative_to(folder).as_posix())
            if len(self._names) > ARCHIVE_ENTRIES:
                raise SheetError("too_many_entries")

    def names(self) -> list[str]:
        return [name for name in self._names if not _is_ignored(name)]

    def open(self, name: str) -> BinaryIO:
        try:
            return os.fdopen(os.open(self._folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")
        except OSError as error:
            raise SheetError("link") from error


def _is_ignored(name: str) -> bool:
    return name.startswith(IGNORED[0]) or PurePosixPath(name).name.startswith(IGNORED[1:])


def kind_of(path: Path) -> str:
    """``workbook``, ``csv``, or ``archive`` for one with media, by the bytes. Raises SheetError for every other file."""
    with path.open("rb") as file:
        head = file.read(8192)
    if not head:
        raise SheetError("empty")
    if head.startswith(OLE):
        raise SheetError("encrypted" if _has_encrypted_package(path) else "old_excel")
    if head.startswith(b"PK"):
        return _kind_of_archive(path)
    if head.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF")
    ):
        raise SheetError("not_a_table")
    return "csv"


def _has_encrypted_package(path: Path) -> bool:
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(4 * 1024 * 1024)


def _kind_of_archive(path: Path) -> str:
    if not is_zipfile(path):
        raise SheetError("broken")
    with open_archive(path) as archive:
        names = set(archive.namelist())
        if "mimetype" in names and "content.xml" in names:
            raise SheetError("opendocument")
        if "[Content_Types].xml" not in names:
            return "archive"
        if not any(name.startswith("xl/") for name in names):
            raise SheetError("not_a_table")
    return "workbook"


@contextmanager
def open_source(path: Path, scratch: Path) -> Iterator[tuple[Table, Media]]:
    """The table and the media of an uploaded file or of a folder. ``scratch``: an empty folder of ours. Raises SheetError."""
    if path.is_dir():
        folder = FolderMedia(path)
        name = _table_among(folder.names())
        copy = scratch / f"table{PurePosixPath(name).suffix.lower()}"
        with folder.open(name) as file, copy.open("xb") as target:
            while chunk := file.read(1024 * 1024):
                target.write(chunk)
        yield read_table(copy), folder
        return
    if kind_of(path) != "archive":
        yield read_table(path), NoMedia()
        return
    with open_archive(path) as archive:
        media = ArchiveMedia(archive)
        name = _table_among(media.names())
        copy = scratch / f"table{PurePosixPath(name).suffix.lower()}"
        media.unpack(name, copy)
        yield read_table(copy), media


@contextmanager
def open_media(path: Path) -> Iterator[Media]:
    """Only the media of an uploaded file or of a folder."""
    if path.is_dir():
        yield FolderMedia(path)
    elif kind_of(path) != "archive":
        yield NoMedia()
    else:
        with open_archive(path) as archive:
            yield ArchiveMedia(archive)


def read_table(path: Path) -> Table:
    """The table of one file. Raises SheetError."""
    kind = kind_of(path)
    if kind == "archive":
        raise SheetError("not_a_table")
    return read_workbook(path) if kind == "workbook" else read_csv(path)


def _table_among(names: list[str]) -> str:
    tables = [name for name in names if PurePosixPath(name).suffix.lower() in TABLES]
    books = [name for name in tables if PurePosixPath(name).suffix.lower() != ".txt"]
    tables = books or tables
    if not tables:
        raise SheetError("no_table")
    if len(tables) > 1:
        raise SheetError("several_tables")
    return tables[0]
