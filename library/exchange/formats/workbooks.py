"""Tables as Excel workbooks: one for each type, so that each can be imported again; several are packed in one archive."""

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from ..sheets.writing import write_rows
from .format import Lines, OpenBytes
from .tables import header_of, rows_of, table_name


def write_workbooks(target: Path, lines: Lines, _open: OpenBytes) -> None:
    """One workbook, or an archive with a workbook of each type."""
    if len(lines.types) == 1:
        _write(target, lines.types[0], lines)
        return
    part = target.with_suffix(".part")
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for record_type in lines.types:
            _write(part, record_type, lines)
            archive.write(part, f"{table_name(record_type)}.xlsx")
    part.unlink(missing_ok=True)


def _write(target: Path, record_type: str, lines: Lines) -> None:
    write_rows(target, table_name(record_type), header_of(record_type), (entry["cells"] for entry in rows_of(record_type, lines)))
