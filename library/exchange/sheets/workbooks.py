"""Workbooks (.xlsx): the first sheet, row by row, in memory that does not grow with the file. No formula is ever computed."""

import warnings
from array import array
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from ..errors import SheetError
from .archives import BROKEN, open_archive, parts
from .limits import MOST_COLUMNS, TABLE_BYTES
from .table import FORMULA, Cell, Line, Table, cell_of, table_of

STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
LAST_ROW = 1_048_576  # of a sheet of Excel
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
WIDE_CHARACTERS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # UTF-16: no spreadsheet writes its parts so
BAD_BOOK = (*BROKEN, ParseError, DefusedXmlException, KeyError, IndexError, TypeError, AttributeError)


class _DiskStrings:
    """The shared strings of a book, in a file: memory holds eight bytes for each."""

    def __init__(self, source: IO[bytes]) -> None:
        self._file, self._starts = TemporaryFile(), array("Q", [0])  # noqa: SIM115  (closed with the reader)
        tag = f"{{{SHEET_MAIN_NS}}}si"
        root = None
        for event, node in iterparse(source, events=("start", "end")):
            if root is None:
                root = node
            if event == "end" and node.tag == tag:
                self._starts.append(self._starts[-1] + self._file.write(Text.from_tree(node).content.encode("utf-8", "replace")))
                root.clear()

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._starts) - 1:
            raise IndexError(index)
        self._file.seek(self._starts[index])
        return self._file.read(self._starts[index + 1] - self._starts[index]).decode()

    def close(self) -> None:
        self._file.close()


class _SheetParser(WorkSheetParser):
    """openpyxl's parser, quick where a cell holds its words itself and has one run of them, as programs write them."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        words: Any = element[0] if element.get("t") == "inlineStr" and len(element) == 1 else ()
        if len(words) != 1 or words[0].tag != TEXT_TAG or not element.get("r"):
            return dict(super().parse_cell(element))
        row, column = coordinate_to_tuple(element.get("r"))
        self.col_counter = column
        return {"row": row, "column": column, "value": words[0].text or "", "data_type": "s"}


class _Reader(ExcelReader):
    """openpyxl's reader, of which only the first sheet with its strings and formats of dates is asked."""

    def __init__(self, path: Path) -> None:
        self._book = path.open("rb")  # by its name openpyxl would judge the file
        super().__init__(self._book, read_only=True, keep_links=False)
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = _DiskStrings(source)

    def first_sheet(self) -> str:
        """The name of the part with the first sheet of cells that is not hidden."""
        sheets = [
            (sheet, rel) for sheet, rel in self.parser.find_sheets() if "chartsheet" not in rel.Type and rel.target in self.valid_files
        ]
        visible = [rel.target for sheet, rel in sheets if sheet.state == "visible"] or [rel.target for _sheet, rel in sheets]
        if not visible:
            raise SheetError("empty")
        return str(visible[0])

    def rows(self) -> Iterator[Line]:
        wb = self.wb
        with self.archive.open(self.first_sheet()) as source, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # dates out of range become cells with an error
            parser = _SheetParser(
                source, self.shared_strings, epoch=wb.epoch, date_formats=wb._date_formats, timedelta_formats=wb._timedelta_formats
            )
            last = 0
            for number, cells in parser.parse():
                if not last < number <= LAST_ROW:  # the file says the number of each row itself
                    raise SheetError("broken")
                last = number
                yield Line(number, _row(cells))

    def close(self) -> None:
        if isinstance(self.shared_strings, _DiskStrings):
            self.shared_strings.close()
        self.archive.close()
        self._book.close()


def read_workbook(path: Path) -> Table:
    """The table of the first sheet. Raises SheetError, also while its rows are read."""
    with open_archive(path) as archive:
        check_parts(archive)
    return table_of(_lines(path))


def check_parts(archive: ZipFile) -> None:
    """Reads every part once, counting. Raises SheetError for macros, declared entities, strict books and too many bytes."""
    names = {entry.filename.lower() for entry in archive.infolist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise SheetError("macros")
    left = TABLE_BYTES
    for entry in archive.infolist():
        xml = entry.filename.endswith((".xml", ".rels"))
        with _opened(archive, entry) as file:
            tail = b""
            for at, part in enumerate(parts(file, left)):
                left -= len(part)
                if xml:
                    _check_xml(tail + part, first=at == 0)
                    tail = part[-16:]


def _check_xml(text: bytes, *, first: bool) -> None:
    if any(word in text for word in DECLARATIONS) or (first and text.startswith(WIDE_CHARACTERS)):
        raise SheetError("entities")
    if first and STRICT in text:
        raise SheetError("strict_workbook")


def _opened(archive: ZipFile, entry: Any) -> IO[bytes]:
    try:
        return archive.open(entry)
    except BROKEN as error:
        raise SheetError("broken") from error


def _lines(path: Path) -> Iterator[Line]:
    reader = None
    try:
        reader = _Reader(path)
        yield from reader.rows()
    except SheetError:
        raise
    except BAD_BOOK as error:
        raise SheetError("broken") from error
    finally:
        if reader is not None:
            with suppress(OSError):
                reader.close()


def _row(cells: list[dict[str, Any]]) -> list[Cell]:
    """The cells from the first column on; what lies between them is empty."""
    row: list[Cell] = []
    for cell in cells:
        column = cell["column"]
        if cell["value"] is None:
            continue
        if column > MOST_COLUMNS:
            raise SheetError("too_many_columns")
        row += [""] * (column - 1 - len(row))
        row.append(_cell(cell["value"], cell["data_type"]))
    return row


def _cell(value: Any, kind: str) -> Cell:
    if kind in ("f", "e"):
        text = str(getattr(value, "text", value))
        return {"problem": FORMULA, "text": text[:200]}
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, date | time):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return cell_of(str(value))
