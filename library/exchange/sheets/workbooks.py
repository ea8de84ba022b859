"""Workbooks (.xlsx): the first sheet, row by row, in memory that does not grow with the file. No formula is ever computed."""

import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml import DefusedXmlException
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS

from ..errors import SheetError
from .archives import BROKEN, open_archive, parts
from .limits import TABLE_BYTES
from .sheet_rows import DiskStrings, SheetParser
from .table import Line, Table, table_of

STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
WIDE_CHARACTERS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # UTF-16: no spreadsheet writes its parts so
BAD_BOOK = (*BROKEN, ParseError, DefusedXmlException, KeyError, IndexError, TypeError, AttributeError)


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
                self.shared_strings = DiskStrings(parts(source, TABLE_BYTES))

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
            parser = SheetParser(
                source, self.shared_strings, epoch=wb.epoch, date_formats=wb._date_formats, timedelta_formats=wb._timedelta_formats
            )
            yield from parser.lines(parts(source, TABLE_BYTES))

    def close(self) -> None:
        if isinstance(self.shared_strings, DiskStrings):
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
