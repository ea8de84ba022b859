"""Tables and archives that tests make: honest ones as officers send them, and hostile ones."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADER = ("Mã phiếu", "Tên lễ hội", "DT", "Xã", "Thời gian", "Nguồn")
TONES = "\u0300\u0301\u0303\u0309\u0323"


def workbook(*rows: Sequence[Any]) -> bytes:
    """An .xlsx file with these rows."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def archive(files: dict[str, bytes], **facts: Any) -> bytes:
    """A .zip file; ``facts`` are attributes of each of its entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            for fact, value in facts.items():
                setattr(entry, fact, value)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def changed_book(changes: dict[str, bytes]) -> bytes:
    """A workbook some of whose parts were exchanged or added."""
    parts = zipfile.ZipFile(io.BytesIO(workbook(HEADER, ("A1", "Hội"))))
    return archive({name: parts.read(name) for name in parts.namelist()} | changes)


def windows_1258(text: str) -> bytes:
    """The bytes that old Vietnamese Windows writes: a letter, and its tone after it."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
        pieces.append(base + "".join(sign for sign in apart if sign in TONES))
    return "".join(pieces).encode("cp1258")


def write(folder: Path, name: str, content: bytes) -> Path:
    """The content as a file."""
    path = folder / name
    path.write_bytes(content)
    return path
