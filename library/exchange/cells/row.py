"""Reads one row: what it says, and what an officer must mend or should look at."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.calendars.rules import VN_LUNAR

from ..columns.column import CODE, IDENTIFIER, SEPARATOR, Column
from ..sheets.table import CONTROL, FORMULA, TOO_LONG, Cell, text_of
from . import authorities, dates, words
from .content import Content
from .lookups import Lookups
from .problems import CHANGED, REFUSED, CellError, Note

LONGEST_CODE = 40
PARTS = re.compile(r"\s*[;\n]\s*")
UNREADABLE = {
    FORMULA: gettext_lazy("Giá trị, không phải công thức. Trong Excel: chép cột, rồi dán lại bằng “Giá trị” (Paste Values)."),
    TOO_LONG: gettext_lazy("Ngắn hơn 32.767 chữ."),
    CONTROL: gettext_lazy("Chữ thường. Ô này có ký tự lạ không in ra được; hãy gõ lại."),
}
Value = TypeVar("Value")
Reader = Callable[[str, Column, Lookups, Content], str]  # returns what was understood, where that is told
READERS: dict[str, Reader] = {
    "groups": authorities.read_groups,
    "places": authorities.read_places,
    "former_places": authorities.read_places,
    "terms": authorities.read_terms,
    "term": authorities.read_term,
    "names": authorities.read_names,
    "sources": authorities.read_sources,
    "people": words.read_people,
    "tags": words.read_tags,
    "files": words.read_files,
}


#: Kinds of columns whose cells say the same in every row: a cell that was read is not read again.
ALIKE = frozenset(READERS) | {"choice", "dates"}
LONGEST_KEPT = 200  # characters of a cell that is kept with what it says
MOST_KEPT = 4_096


def _one_of(parts: Sequence[str], place: int, read: Callable[[str], Value]) -> Value:
    """Reads one of the values of a cell. The choices of its error are whole cells."""
    try:
        return read(parts[place])
    except CellError as error:
        around = [*parts]
        raise CellError(error.allowed, tuple("; ".join([*around[:place], way, *around[place + 1 :]]) for way in error.choices)) from error


@dataclass
class ReadRow:
    """One row after reading. ``notes`` of the level "refused" mean that it is not imported."""

    content: Content = field(default_factory=Content)
    notes: list[Note] = field(default_factory=list)
    code: str = ""
    identifier: str = ""

    @property
    def refused(self) -> bool:
        return any(note.level == REFUSED for note in self.notes)

    def add(self, other: "ReadRow") -> None:
        """Adds what another cell says."""
        self.content.add(other.content)
        self.notes += other.notes


class RowReader:
    """Reads rows by one mapping. ``lunar``: keys of the columns whose dates are by the lunar calendar."""

    def __init__(self, columns: Sequence[Column | None], lookups: Lookups, lunar: Sequence[str] = ()) -> None:
        self.columns, self.lookups, self.lunar = columns, lookups, set(lunar)
        self._alike = lru_cache(maxsize=MOST_KEPT)(self._read_alone)
        self._required = [at for at, column in enumerate(columns) if column is not None and column.kind == "text" and column.required]

    def read(self, cells: Sequence[Cell]) -> ReadRow:
        """What the cells say. Never raises for what stands in them."""
        row = ReadRow()
        for at, column in enumerate(self.columns):
            cell = cells[at] if at < len(cells) else ""
            if column is None or not cell:
                continue
            if column.kind in ALIKE and isinstance(cell, str) and len(cell) <= LONGEST_KEPT:
                row.add(self._alike(at, cell))
            else:
                self._read_into(row, at, cell, column)
        self._check_whole(cells, row)
        return row

    def _read_alone(self, at: int, cell: str) -> ReadRow:
        row, column = ReadRow(), self.columns[at]
        assert column is not None
        self._read_into(row, at, cell, column)
        return row

    def _read_into(self, row: ReadRow, at: int, cell: Cell, column: Column) -> None:
        try:
            self._read_cell(at, cell, column, row)
        except CellError as error:
            row.notes.append(Note(at, REFUSED, text_of(cell), error.allowed, error.choices))

    def _check_whole(self, cells: Sequence[Cell], row: ReadRow) -> None:
        if any(cells[len(self.columns) :]):
            row.notes.append(Note(-1, REFUSED, "", _("Dòng này có nhiều ô hơn số cột. Hãy xem lại dấu ngăn cách trong các ô.")))
        for at in self._required:
            if (at >= len(cells) or not cells[at]) and not row.identifier:
                row.notes.append(Note(at, REFUSED, "", _("%(column)s. Ô này bắt buộc.") % {"column": self.columns[at]}))

    def _read_cell(self, at: int, cell: Cell, column: Column, row: ReadRow) -> None:
        if not isinstance(cell, str):
            raise CellError(UNREADABLE[cell["problem"]])
        if column.kind == CODE:
            row.code = words.require_short(cell, LONGEST_CODE)
        elif column.kind == IDENTIFIER:
            row.identifier = words.require_short(cell, LONGEST_CODE)
        elif column.kind == "text":
            words.read_text(cell, column, row.content)
        elif column.kind == "choice":
            row.content.columns[column.target] = words.choice(cell, column, self.lookups)
        elif column.kind == "dates":
            self._read_dates(at, cell, column, row)
        elif column.kind.startswith("own_"):
            row.content.own[column.target] = self._own_values(cell, column)
        else:
            self._read_parts(at, cell, column, row)

    def _read_parts(self, at: int, cell: str, column: Column, row: ReadRow) -> None:
        """Reads the values of the cell one by one. A way to mend one of them leaves the others as they are."""
        parts = [part for part in PARTS.split(cell) if part] if column.many else [cell]
        if column.kind == "alongside":
            words.read_alongside(parts, column, row.content)
            return
        understood = [
            _one_of(parts, place, lambda part: READERS[column.kind](part, column, self.lookups, row.content)) for place in range(len(parts))
        ]
        said = "; ".join(filter(None, understood))
        if said and said.casefold() != cell.casefold():
            row.notes.append(Note(at, CHANGED, cell, said))

    def _read_dates(self, at: int, cell: str, column: Column, row: ReadRow) -> None:
        calendar = self.lookups.terms["calendars"].get(VN_LUNAR.replace("-", " "))
        parts = [part for part in PARTS.split(cell) if part]
        for place, part in enumerate(parts):
            written, said = _one_of(parts, place, lambda each: dates.read_written(each, lunar=column.key in self.lunar))
            row.content.rows.setdefault("dates", []).append(dates.row_of(part, written, calendar[0] if calendar else None))
            row.notes.append(Note(at, CHANGED, part, said))

    def _own_values(self, cell: str, column: Column) -> list[Any]:
        parts = [part.strip() for part in cell.split(SEPARATOR)] if column.many else [cell]
        return [_one_of(parts, place, lambda each: self._own_value(each, column)) if part else None for place, part in enumerate(parts)]

    def _own_value(self, text: str, column: Column) -> Any:
        """One value as the profile stores it."""
        kind = column.field.type if column.field else "text"
        if kind in ("ml", "long"):
            return words.multilingual(text)
        if kind == "term":
            return words.choice(text, column, self.lookups)
        if kind == "number":
            return words.number(text)
        if kind == "url":
            return words.address(text)
        if kind == "edtf":
            return dates.read_written(text, lunar=column.key in self.lunar)[0].edtf
        if kind == "rule":
            return dates.read_rule(text, lunar=column.key in self.lunar)
        if kind == "ref":
            return authorities.read_own_reference(text, column, self.lookups)
        return text
