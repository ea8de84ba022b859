"""The tables of a year as an Excel workbook: one sheet for each."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from library.metadata.spreadsheets import plain_cell

from .year import Table

WIDEST = 40  # characters of a column
LONGEST_TITLE = 31  # characters: Excel's own bound


def workbook(tables: list[Table]) -> bytes:
    """An .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _sheet(book, table)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(table.title[:LONGEST_TITLE])
    lengths: dict[int, int] = {}
    for row in table.rows:
        sheet.append([plain_cell(cell) if isinstance(cell, str) else cell for cell in row])
        for number, cell in enumerate(row, 1):
            lengths[number] = max(lengths.get(number, 0), len(str(cell)))
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for number, length in lengths.items():
        sheet.column_dimensions[get_column_letter(number)].width = min(length + 2, WIDEST)
    sheet.freeze_panes = "B2"
