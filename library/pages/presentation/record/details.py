"""What the record's own profile adds to its page, in the order of the profile."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.access import Viewer, field_level
from library.presentation.lists.listings import list_label
from library.presentation.wording import Wording, foreign
from library.records.access.consents import readable_profile
from library.records.profiles import DisplayRow, display_rows
from library.records.profiles.display import DisplayValue

if TYPE_CHECKING:
    from library.records.models import Record

ELSEWHERE = {"date_rule", "rule_text", "occurrences"}  # fields that a part of the page of its own shows
PARAGRAPHS = "long"


@dataclass(frozen=True, slots=True)
class DetailValue:
    """One value: words with an address, or rows of its own."""

    words: Wording
    url: str
    rows: list["DetailRow"]


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One field: its key, its label and its values; ``prose`` marks text in paragraphs."""

    key: str
    label: str
    prose: bool
    values: list[DetailValue]


def detail_rows(record: "Record", viewer: Viewer) -> list[DetailRow]:
    """The fields that have a value and that the viewer may see."""
    fields = display_rows(readable_profile(record, viewer), record.details, field_level(viewer, record))
    return [row for row in (_row(field) for field in fields if field.key not in ELSEWHERE) if row.values]


def _row(field: DisplayRow) -> DetailRow:
    read = WORDED.get(field.key, _value)
    values = [value for value in map(read, field.values) if value.words or value.rows]
    return DetailRow(field.key, field.label, field.type == PARAGRAPHS, values)


def _list(value: DisplayValue) -> DetailValue:
    return DetailValue(list_label(value.text), value.url, [])


def _value(value: DisplayValue) -> DetailValue:
    """One value. Files that a field names have their own place on the page: here they give a value without words."""
    return DetailValue(foreign(value.text, value.language), value.url, [row for row in map(_row, value.rows) if row.values])


WORDED = {"list": _list}  # fields whose commonest values are known in both languages
