"""What the record's own profile adds to its page, in the order of the profile."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.access import COMMUNITY, PUBLIC, STAFF, Viewer, may_read_part
from library.records.profiles import DisplayRow, display_rows, profile
from library.records.profiles.display import DisplayValue

from ..wording import Wording, foreign

if TYPE_CHECKING:
    from library.records.models import Record

ELSEWHERE = {"date_rule", "rule_text", "occurrences"}  # fields that a part of the page of its own shows
PARAGRAPHS = "long"


@dataclass(frozen=True, slots=True)
class Value:
    """One value: words with an address, or rows of its own."""

    words: Wording
    url: str
    rows: list["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its label and its values; ``prose`` marks text in paragraphs."""

    label: str
    prose: bool
    values: list[Value]


def rows(record: "Record", viewer: Viewer) -> list[Row]:
    """The fields that hold something and that the reader may see."""
    found = display_rows(profile(record.record_type), record.details, _standing(record, viewer))
    return [row for row in (_row(each) for each in found if each.key not in ELSEWHERE) if row.values]


def _standing(record: "Record", viewer: Viewer) -> str:
    """The most closed level of field that the reader may see in this record."""
    return next((level for level in (STAFF, COMMUNITY) if may_read_part(viewer, level, record)), PUBLIC)


def _row(shown: DisplayRow) -> Row:
    return Row(shown.label, shown.type == PARAGRAPHS, [value for value in map(_value, shown.values) if value.words or value.rows])


def _value(shown: DisplayValue) -> Value:
    """Files that a field names have their own place on the page; here they leave no trace."""
    return Value(foreign(shown.text, shown.language), shown.url, [row for row in map(_row, shown.rows) if row.values])
