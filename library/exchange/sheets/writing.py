"""Writes workbooks and CSV files that spreadsheets open rightly: every text is a text, no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from library.metadata.spreadsheets import BYTE_ORDER_MARK, plain_cell

from .limits import LONGEST_CELL

ROWS_WITH_LISTS = 2_000  # rows below the names that get the drop-down lists
HEAD, REQUIRED, EXAMPLE, MEND = (PatternFill("solid", fgColor=colour) for colour in ("E8EAF6", "FFE0B2", "F5F5F5", "FFCDD2"))
BOLD, GREY = Font(bold=True), Font(italic=True, color="616161")
WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of a template. ``options``: what may be chosen; with ``many``, several of them, so other words are allowed."""

    label: str
    help: str
    example: str
    required: bool = False
    many: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The names of the sheets, and the sheet of explanations: its title lines and the names of its columns."""

    rows: str
    explanation: str
    lists: str
    intro: tuple[str, ...]
    names: tuple[str, str, str, str]
    required: str
    example_code: str


def write_template(target: Path, columns: Sequence[TemplateColumn], words: Words) -> None:
    """A workbook with the names, a row that shows how to write, drop-down lists, and a sheet that explains each column."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = words.rows
    lists: Worksheet = book.create_sheet(words.lists)
    for at, column in enumerate(columns, start=1):
        _put(sheet.cell(1, at), column.label, BOLD, REQUIRED if column.required else HEAD)
        _put(sheet.cell(2, at), words.example_code if at == 1 else column.example, GREY, EXAMPLE)
        sheet.column_dimensions[get_column_letter(at)].width = max(14, min(40, len(column.label) + 4))
        if column.options:
            _add_list(sheet, lists, at, column)
    sheet.freeze_panes = "A2"
    lists.sheet_state = "hidden"
    _explain(book.create_sheet(words.explanation, 1), columns, words)
    book.save(target)


def _add_list(sheet: Worksheet, lists: Worksheet, at: int, column: TemplateColumn) -> None:
    place = lists.max_column + 1 if lists.cell(1, 1).value is not None else 1
    _put(lists.cell(1, place), column.label, BOLD)
    for row, option in enumerate(column.options, start=2):
        _put(lists.cell(row, place), option)
    letter, last = get_column_letter(place), len(column.options) + 1
    check = DataValidation(
        type="list",
        formula1=f"{quote_sheetname(lists.title)}!${letter}$2:${letter}${last}",
        allow_blank=True,
        showErrorMessage=not column.many,
    )
    check.add(f"{get_column_letter(at)}2:{get_column_letter(at)}{ROWS_WITH_LISTS}")
    sheet.add_data_validation(check)


def _explain(sheet: Worksheet, columns: Sequence[TemplateColumn], words: Words) -> None:
    for row, line in enumerate(words.intro, start=1):
        _put(sheet.cell(row, 1), line)
    start = len(words.intro) + 2
    for at, name in enumerate(words.names, start=1):
        _put(sheet.cell(start, at), name, BOLD, HEAD)
    for row, column in enumerate(columns, start=start + 1):
        values = (column.label, words.required if column.required else "", column.help, "; ".join(column.options) or column.example)
        for at, value in enumerate(values, start=1):
            _put(sheet.cell(row, at), value)
            sheet.cell(row, at).alignment = WRAPPED
    for letter, width in zip("ABCD", (34, 12, 60, 70), strict=True):
        sheet.column_dimensions[letter].width = width


def write_csv_template(columns: Sequence[TemplateColumn], words: Words) -> bytes:
    """The names and the row that shows how to write, as a CSV file that Excel reads rightly."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([plain_cell(column.label) for column in columns])
    writer.writerow([plain_cell(words.example_code if at == 0 else column.example) for at, column in enumerate(columns)])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One row of an annotated copy: its cells, what has to be done, and the places of marked cells, from 0."""

    cells: Sequence[str]
    words: str
    marks: set[int]


def write_annotated(target: Path, title: str, header: Sequence[str], mending: str, rows: Iterable[MarkedRow]) -> None:
    """The officer's table once more, with a last column that says what to mend, and coloured cells. Memory does not grow with the rows."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(ILLEGAL_CHARACTERS_RE.sub("", title)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_marked(sheet, name, HEAD) for name in (*header, mending)])
    for row in rows:
        cells = [_marked(sheet, text, MEND if at in row.marks else None) for at, text in enumerate(row.cells)]
        cells += [_marked(sheet, "", None)] * (len(header) - len(cells))
        sheet.append([*cells, _marked(sheet, row.words, MEND if row.words else None)])
    book.save(target)


def write_rows(target: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of texts. Memory does not grow with the rows."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(ILLEGAL_CHARACTERS_RE.sub("", title)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_marked(sheet, name, HEAD) for name in header])
    for cells in rows:
        sheet.append([_marked(sheet, text, None) if text else None for text in cells])
    book.save(target)


def _marked(sheet: Any, text: str, fill: PatternFill | None) -> Any:
    cell = WriteOnlyCell(sheet)
    _put(cell, text, fill=fill)
    return cell


def _put(cell: Cell | Any, text: str, font: Font | None = None, fill: PatternFill | None = None) -> None:
    """Writes a text as a text, whatever it begins with."""
    shown = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    cell.value = shown
    if shown.startswith(("=", "+", "-", "@")):
        cell.data_type, cell.quotePrefix = "s", True
    if font is not None:
        cell.font = font
    if fill is not None:
        cell.fill = fill
