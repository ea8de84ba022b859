"""Reads a bag: nothing in it is believed before every checksum is right. It knows no record."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast
from zipfile import ZipFile

from ...errors import SheetError
from ...formats.bag import DECLARATION, INFO, MANIFEST, ORIGINALS, RECORDS, TAG_MANIFEST
from ...sheets.archives import BAG, BROKEN, open_archive, parts
from ...sheets.limits import ARCHIVE_BYTES

PAYLOAD = "data/"
LONGEST_LINE = 64 * 1024 * 1024  # bytes of one record with the words of its recordings
SMALL = 16 * 1024 * 1024  # bytes of a manifest


class Bag:
    """A bag whose checksums are right."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._read = 0  # records that the open reading has given
        self._reading: Iterator[dict[str, Any]] = iter(())

    @cached_property
    def has_originals(self) -> bool:
        """Whether files come with the records."""
        return any(name.startswith(ORIGINALS) for name in self._archive.namelist())

    def record(self, number: int) -> dict[str, Any]:
        """The record of that number, from 1. Quick for one number after another. Raises SheetError."""
        if number <= self._read or not self._read:
            self._read, self._reading = 0, self.records()
        record: dict[str, Any] = {}
        while self._read < number:
            record = next(self._reading, record)
            self._read += 1
        return record

    def records(self) -> Iterator[dict[str, Any]]:
        """Its records, one after another. Raises SheetError for a line that holds none."""
        with self._archive.open(RECORDS) as file:
            while line := file.readline(LONGEST_LINE):
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise SheetError("damaged_bag") from error
                if not isinstance(record, dict):
                    raise SheetError("damaged_bag")
                yield record

    def open(self, name: str) -> BinaryIO:
        """The bytes of an original. Raises SheetError when the bag has none of this name."""
        try:
            return cast(BinaryIO, self._archive.open(name))
        except BROKEN as error:
            raise SheetError("damaged_bag") from error
        except KeyError as error:
            raise SheetError("damaged_bag") from error


def is_bag(path: Path) -> bool:
    """Whether the archive says that it is a bag. Raises SheetError for an archive that no honest program makes."""
    with open_archive(path) as archive:
        return BAG in archive.namelist()


@contextmanager
def open_read_bag(path: Path) -> Iterator[Bag]:
    """A bag that ``open_bag`` has found right before."""
    with open_archive(path) as archive:
        yield Bag(archive)


@contextmanager
def open_bag(path: Path) -> Iterator[Bag]:
    """The bag of an archive. Raises SheetError for another file, and for a bag in which anything is missing, added or changed."""
    with open_archive(path) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        if not {BAG, MANIFEST, RECORDS} <= names or _small(archive, BAG).split() != DECLARATION.split():
            raise SheetError("not_a_bag")
        listed = _manifest(archive, MANIFEST)
        if set(listed) != {name for name in names if name.startswith(PAYLOAD)}:
            raise SheetError("damaged_bag")
        tags = _manifest(archive, TAG_MANIFEST) if TAG_MANIFEST in names else {}
        if not set(tags) <= {BAG, INFO, MANIFEST} & names:
            raise SheetError("damaged_bag")
        for name, sha256 in (tags | listed).items():
            if _digest(archive, name) != sha256:
                raise SheetError("damaged_bag")
        yield Bag(archive)


def _manifest(archive: ZipFile, name: str) -> dict[str, str]:
    """Name → checksum. Raises SheetError for a name that stands in it twice."""
    lines = [line.partition(" ") for line in _small(archive, name).decode("utf-8", "replace").splitlines() if line.strip()]
    listed = {entry.strip().removeprefix("*"): sha256.lower() for sha256, _space, entry in lines}
    if len(listed) < len(lines):
        raise SheetError("damaged_bag")
    return listed


def _small(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return b"".join(parts(file, SMALL))


def _digest(archive: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        for part in parts(file, ARCHIVE_BYTES):
            digest.update(part)
    return digest.hexdigest()
