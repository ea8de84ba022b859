"""CSV files as officers' machines write them: any delimiter, UTF-8, UTF-16 or Windows-1258 (found by the bytes)."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from library.metadata.spreadsheets import text_of_plain_cell

from ..errors import SheetError
from .limits import TABLE_BYTES
from .table import Line, Table, cell_of, table_of

DELIMITERS = ",;\t|"
CHUNK = 256 * 1024
SAMPLE = 64 * 1024  # bytes, for the delimiter
VIETNAMESE_1258 = "cp1258"
MARKS = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}  # the five tones, which Windows-1258 writes after the letter
LETTERS = set("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
FOREIGN_SHARE = 0.02  # of the letters: more is another code page, or a font of its own such as TCVN3


def read_csv(path: Path) -> Table:
    """The table of a CSV file. Raises SheetError."""
    if path.stat().st_size > TABLE_BYTES:
        raise SheetError("too_large")
    encoding = encoding_of(path)
    return table_of(_lines(path, encoding, _delimiter(path, encoding)))


def encoding_of(path: Path) -> str:
    """The encoding of the whole file. Raises SheetError when its words cannot be read."""
    with path.open("rb") as file:
        head = file.read(4)
    if not head:
        raise SheetError("empty")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _proved(path, "utf-16")
    if head.startswith(codecs.BOM_UTF8):
        return _proved(path, "utf-8-sig")
    if len(head) == 4 and head[1] == head[3] == 0 and head[0] and head[2]:
        return _proved(path, "utf-16-le")
    if len(head) == 4 and head[0] == head[2] == 0 and head[1] and head[3]:
        return _proved(path, "utf-16-be")
    return "utf-8" if _decodes(path, "utf-8") else _vietnamese(path)


def _proved(path: Path, encoding: str) -> str:
    if not _decodes(path, encoding):
        raise SheetError("encoding")
    return encoding


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(CHUNK):
                pass
    except UnicodeError:
        return False
    return True


def _vietnamese(path: Path) -> str:
    """Windows-1258, where its words are Vietnamese ones. Raises SheetError for every other code page: no mojibake in silence."""
    letters = foreign = 0
    try:
        with path.open(encoding=VIETNAMESE_1258, newline="") as file:
            while text := file.read(CHUNK):
                for letter in unicodedata.normalize("NFD", text.lower()):
                    if letter.isalpha():
                        letters += 1
                        foreign += letter not in LETTERS
                    elif unicodedata.category(letter) in ("Mn", "Sc", "Sk", "Cc") and letter not in MARKS | {"\u0302", "\u0306", "\u031b"}:
                        foreign += letter not in "\r\n\t"
    except UnicodeError as error:
        raise SheetError("encoding") from error
    if not letters or foreign / letters > FOREIGN_SHARE:
        raise SheetError("encoding")
    return VIETNAMESE_1258


def _delimiter(path: Path, encoding: str) -> str:
    """The delimiter that divides the first rows into most columns, all into equally many if it can be."""
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE).replace("\x00", "")
    if sample.startswith("sep=") and len(sample) > 4 and sample[4] in DELIMITERS:  # what Excel writes for itself
        return sample[4]

    def quality(delimiter: str) -> tuple[bool, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row][:20]
        return (bool(widths) and min(widths[:-1] or widths) > 1, widths[0] if widths else 0)

    csv.field_size_limit(TABLE_BYTES)
    return max(DELIMITERS, key=quality)


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(TABLE_BYTES)
    with path.open(encoding=encoding, newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter=delimiter), start=1):
            if number == 1 and row and row[0].startswith("sep="):
                continue
            yield Line(number, [cell_of(unicodedata.normalize("NFC", text_of_plain_cell(text))) for text in row])
