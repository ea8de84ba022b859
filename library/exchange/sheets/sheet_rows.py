"""The rows of a sheet: its XML is read in C, single cells by openpyxl. No formula is ever computed."""

from array import array
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import lru_cache
from tempfile import TemporaryFile
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.cell.text import Text
from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from ..errors import SheetError
from .limits import LONGEST_SHOWN, MOST_COLUMNS
from .table import FORMULA, Cell, Line, cell_of
from .xml_parts import elements

LAST_ROW = 1_048_576  # of a sheet of Excel
STRING, TEXT, ROW, VALUE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "row", "v"))
column_of = lru_cache(maxsize=2 * MOST_COLUMNS)(column_index_from_string)


class DiskStrings:
    """The shared strings of a book, in a file: memory holds eight bytes for each."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._file, self._starts = TemporaryFile(), array("Q", [0])  # noqa: SIM115  (closed with the reader)
        for node in elements(chunks, STRING):
            words = _one_run(node)
            text = Text.from_tree(node).content if words is None else words
            self._starts.append(self._starts[-1] + self._file.write(text.encode("utf-8", "replace")))

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._starts) - 1:
            raise IndexError(index)
        self._file.seek(self._starts[index])
        return self._file.read(self._starts[index + 1] - self._starts[index]).decode()

    def close(self) -> None:
        self._file.close()


class SheetParser(WorkSheetParser):
    """openpyxl's reading of cells, quick for the cells that hold nothing but words."""

    def lines(self, chunks: Iterable[bytes]) -> Iterator[Line]:
        """The rows of the sheet. Raises SheetError, ParseError and what openpyxl raises for cells that are broken."""
        last = 0
        for row in elements(chunks, ROW):
            said = row.get("r")  # the file says the number of each row itself
            number = last + 1 if said is None else _whole(said)
            if not last < number <= LAST_ROW:
                raise SheetError("broken")
            last = number
            yield Line(number, self._cells(row))

    def _cells(self, row: Element) -> list[Cell]:
        """The cells from the first column on; what lies between them is empty."""
        cells: list[Cell] = []
        self.col_counter = 0
        for element in row:
            cell = self._cell(element)
            if cell is None:
                continue
            if self.col_counter > MOST_COLUMNS:
                raise SheetError("too_many_columns")
            if len(cells) < self.col_counter - 1:
                cells += [""] * (self.col_counter - 1 - len(cells))
            cells.append(cell)
        return cells

    def _cell(self, element: Element) -> Cell | None:
        """What the cell holds, None for nothing; ``col_counter`` is its column."""
        place = element.get("r")
        words = self._words(element) if place else None
        if place and words is not None:
            self.col_counter = column_of(place.rstrip("0123456789"))
            return cell_of(words)
        read = self.parse_cell(element)
        return None if read["value"] is None else _shown(read["value"], read["data_type"])

    def _words(self, element: Element) -> str | None:
        """The words of a cell that holds them itself in one run, or names them among the shared strings; None for other cells."""
        if len(element) != 1:
            return None
        kind, inner = element.get("t"), element[0]
        if kind == "inlineStr":
            return _one_run(inner)
        if kind == "s" and inner.tag == VALUE and inner.text:
            return str(self.shared_strings[int(inner.text)])
        return None


def _one_run(node: Element) -> str | None:
    """The words of a text that has one run, as programs write it; None for others."""
    return node[0].text or "" if len(node) == 1 and node[0].tag == TEXT else None


def _whole(said: str) -> int:
    number = float(said)
    if not number.is_integer():
        raise SheetError("broken")
    return int(number)


def _shown(value: Any, kind: str) -> Cell:
    if kind in ("f", "e"):
        text = str(getattr(value, "text", value))
        return {"problem": FORMULA, "text": text[:LONGEST_SHOWN]}
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, date | time):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return cell_of(str(value))
