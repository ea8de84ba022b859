"""Tables as CSV files: one for each type, so that each can be imported again; several are packed in one archive."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from library.metadata.spreadsheets import BYTE_ORDER_MARK, plain_cell

from .format import Entry, Lines, OpenBytes
from .tables import header_of, rows_of, table_name


def write_csv(target: Path, lines: Lines, _open: OpenBytes) -> None:
    """One table, or an archive with a table of each type."""
    if len(lines.types) == 1:
        with target.open("wb") as file:
            for piece in _pieces(lines.types[0], lines):
                file.write(piece)
        return
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for record_type in lines.types:
            with archive.open(f"{table_name(record_type)}.csv", "w", force_zip64=True) as file:
                for piece in _pieces(record_type, lines):
                    file.write(piece)


def _pieces(record_type: str, lines: Lines) -> Iterator[bytes]:
    yield (BYTE_ORDER_MARK + _line(header_of(record_type))).encode()
    for entry in rows_of(record_type, lines):
        yield _line(_cells(entry)).encode()


def _cells(entry: Entry) -> list[str]:
    cells: list[str] = entry["cells"]
    return cells


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([plain_cell(cell) for cell in cells])
    return text.getvalue()
