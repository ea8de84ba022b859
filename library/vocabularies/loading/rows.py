"""Reads one CSV file row by row. Every error names the file, the line and the field. Nothing here uses the database."""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")
MOST_ERRORS_SHOWN = 20
SEPARATOR = ";"
NOT_A_SOURCE = "OWN"  # general knowledge that no source backs: never stored, never printed


@dataclass(frozen=True, slots=True)
class CellError:
    """One error in a file, with its place, so that a curator can find the cell."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return _("Tệp %(file)s, dòng %(line)s, cột %(field)s: %(reason)s") % {
            "file": self.file,
            "line": self.line,
            "field": self.field or "–",
            "reason": self.reason,
        }


class BrokenFileError(Exception):
    """A file cannot be loaded; ``errors`` lists every wrong cell."""

    def __init__(self, errors: list[CellError]) -> None:
        self.errors = errors
        lines = [str(error) for error in errors[:MOST_ERRORS_SHOWN]]
        rest = len(errors) - len(lines)
        if rest:
            lines.append(_("… và %(count)s lỗi nữa.") % {"count": rest})
        super().__init__("\n".join(lines))


class BrokenRowError(Exception):
    """One row has an error; ``read_rows`` collects these into one BrokenFileError."""

    def __init__(self, error: CellError) -> None:
        self.error = error
        super().__init__(str(error))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file. The methods that read a cell raise BrokenRowError for a wrong value; no value is guessed."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fail(self, field: str, reason: str) -> NoReturn:
        """Raises BrokenRowError for one field."""
        raise BrokenRowError(CellError(self.file, self.line, field, reason))

    def text(self, field: str) -> str:
        """The cell without spaces around it; empty when the cell is empty."""
        if field not in self.cells:
            self.fail(field, _("tệp không có cột này"))
        return self.cells[field].strip()

    def required(self, field: str) -> str:
        """The cell, which must not be empty."""
        return self.text(field) or self.fail(field, _("không được để trống"))

    def values(self, field: str) -> list[str]:
        """The values of a list cell, in order."""
        return [part for raw in self.text(field).split(SEPARATOR) if (part := raw.strip())]

    def sources(self) -> list[str]:
        """The source ids of the row, without the mark for "no source"."""
        return [code for code in self.values("source") if code != NOT_A_SOURCE]

    def integer(self, field: str) -> int | None:
        """The cell as a whole number, None when empty."""
        return self._parsed(field, int, _("phải là số nguyên"))

    def decimal(self, field: str) -> float | None:
        """The cell as a number with a decimal point, None when empty."""
        return self._parsed(field, float, _("phải là số"))

    def day(self, field: str) -> date | None:
        """The cell as a date written 2025-07-01, None when empty."""
        return self._parsed(field, date.fromisoformat, _("phải là ngày viết theo kiểu 2025-07-01"))

    def yes(self, field: str) -> bool:
        """The cell as yes or no."""
        answers = {"yes": True, "no": False}
        return self.meaning(field, self.required(field), answers)

    def meaning(self, field: str, code: str, meanings: Mapping[str, T]) -> T:
        """The meaning of a code of the field. Raises BrokenRowError for an unknown code."""
        if code not in meanings:
            self.fail(field, _("không có mã “%(code)s”") % {"code": code})
        return meanings[code]

    def meanings(self, field: str, meanings: Mapping[str, T]) -> list[T]:
        """The meaning of each code of a list cell."""
        return [self.meaning(field, code, meanings) for code in self.values(field)]

    def _parsed(self, field: str, parse: Callable[[str], T], reason: str) -> T | None:
        cell = self.text(field)
        try:
            return parse(cell) if cell else None
        except ValueError:
            self.fail(field, reason)


def read_rows(path: Path, parse: Callable[[Row], T]) -> list[T]:
    """Every row of the file as ``parse`` returns it. Raises BrokenFileError with the errors of all rows, not only of the first."""
    rows: list[T] = []
    errors: list[CellError] = []
    for row in _rows(path):
        try:
            rows.append(parse(row))
        except BrokenRowError as broken:
            errors.append(broken.error)
    if errors:
        raise BrokenFileError(errors)
    return rows


def _rows(path: Path) -> Iterator[Row]:
    reader = csv.reader(_text(path).splitlines(keepends=True))
    header = next(reader, [])
    line = reader.line_num + 1
    for cells in reader:
        if cells:
            if len(cells) != len(header):
                reason = _("có %(found)s ô, cần %(expected)s ô") % {"found": len(cells), "expected": len(header)}
                raise BrokenFileError([CellError(path.name, line, "", reason)])
            yield Row(path.name, line, dict(zip(header, cells, strict=True)))
        line = reader.line_num + 1


def _text(path: Path) -> str:
    if not path.is_file():
        raise BrokenFileError([CellError(path.name, 0, "", _("không tìm thấy tệp"))])
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenFileError([CellError(path.name, line, "", _("chữ không phải UTF-8"))]) from error
    if not unicodedata.is_normalized("NFC", text):
        line = next(n for n, part in enumerate(text.splitlines(), 1) if not unicodedata.is_normalized("NFC", part))
        raise BrokenFileError([CellError(path.name, line, "", _("chữ có dấu rời (chưa ở dạng NFC)"))])
    return text
