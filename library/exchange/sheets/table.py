"""What a table is, whatever file it came from: the names of its columns, and its rows one after another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import SheetError
from .limits import LONGEST_CELL, LONGEST_SHOWN, MOST_COLUMNS, MOST_ROWS

FORMULA, TOO_LONG, CONTROL = "formula", "too_long", "control"
#: A text, or a cell that cannot be taken as it is: ``{"problem": one of the three above, "text": what is shown of it}``.
Cell = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as a spreadsheet shows it, and its cells from the first column on."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and the rows below. The rows can be read once."""

    header: list[str]
    lines: Iterator[Line]


def text_of(cell: Cell) -> str:
    """What a person sees in the cell."""
    return cell if isinstance(cell, str) else cell["text"]


def cell_of(text: str) -> Cell:
    """A text as a cell. One that is too long, or that holds what no text may hold, is marked."""
    if len(text) > LONGEST_CELL:
        return {"problem": TOO_LONG, "text": text[:LONGEST_SHOWN].replace("\x00", " ")}
    if "\x00" in text:
        return {"problem": CONTROL, "text": text.replace("\x00", " ").strip()}
    return text.strip()


def table_of(lines: Iterable[Line]) -> Table:
    """The table of these rows: the first one that is not empty has the names. Raises SheetError."""
    rows = _limited(lines)
    header = next(rows, None)
    if header is None:
        raise SheetError("empty")
    names = [text_of(cell)[:LONGEST_SHOWN] for cell in header.cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SheetError("no_header")
    return Table(names, rows)


def _limited(lines: Iterable[Line]) -> Iterator[Line]:
    """The rows that are not empty. Raises SheetError for more than is allowed."""
    count = 0
    for line in lines:
        if not any(line.cells):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise SheetError("too_many_rows")
        if len(line.cells) > MOST_COLUMNS:
            raise SheetError("too_many_columns")
        yield line
