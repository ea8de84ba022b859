"""The tables of an export: the columns of the import and what else is told, the rows of one type, the name of a table."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from library.records.profiles import profile
from library.records.profiles.values import REF_MODELS

from ..columns.column import Column
from ..columns.table import columns_of
from .format import Entry, Lines

FORBIDDEN = re.compile(r"[\\/*?:\[\]<>|\"]+")  # in names of sheets and of files
BY_FORM_ONLY = set(REF_MODELS) - {"record", "ethnic-group", "admin-unit"}  # references that no table can hold
BESIDE = ("files", "alongside")  # kinds of columns that name files sent with a table


def exported_columns(record_type: str) -> tuple[Column, ...]:
    """The columns of the import that a table by itself can hold."""
    return tuple(column for column in columns_of(record_type) if column.kind not in BESIDE and not _by_form_only(column))


def header_of(record_type: str) -> list[str]:
    """The names of the columns; the last two only tell something, and an import leaves them alone."""
    return [*(str(column) for column in exported_columns(record_type)), _("Trạng thái"), _("Tệp trong thư viện")]


def rows_of(record_type: str, lines: Lines) -> Iterator[Entry]:
    """The records of one type."""
    return (entry for entry in lines if entry["type"] == record_type)


def table_name(record_type: str) -> str:
    """The name of the type as a sheet or a file may be called."""
    return FORBIDDEN.sub("-", str(profile(record_type).label)).strip(" '-") or record_type


def _by_form_only(column: Column) -> bool:
    return column.kind == "own_ref" and column.field is not None and column.field.targets[0] in BY_FORM_ONLY
