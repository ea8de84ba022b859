"""The one table of columns of a record type: those of the core, then those of its profile, in the order of the profile."""

from typing import Any

from library.records.models import Record
from library.records.profiles import csv_columns, profile
from library.records.profiles.values import CsvColumn
from library.vocabularies.lookup import plain_choices
from media_pipeline.text.folding import fold

from .column import Column
from .every_type import CORE_COLUMNS, VOCABULARIES

OWN = "own."


def columns_of(record_type: str) -> tuple[Column, ...]:
    """All columns of a type, named in the reader's language. Raises KeyError for a type that does not exist.

    Files of single fields are no columns: a table names the files of the record as a whole.
    """
    own = profile(record_type)
    columns = [column for column in csv_columns(own) if column.field.type != "media"]
    taken = {str(column.label) for column in CORE_COLUMNS}
    return (
        *CORE_COLUMNS,
        *(_own(column, f"{column.label} ({own.label})" if column.label in taken else column.label) for column in columns),
    )


def options_of(column: Column) -> list[tuple[str, str]]:
    """Code and label of each value that the column may have; empty where any words may stand."""
    if column.kind == "choice":
        field_of_record: Any = Record._meta.get_field(column.target)
        return [(code, str(label)) for code, label in field_of_record.choices]
    if column.kind in ("term", "terms"):
        return plain_choices(VOCABULARIES[column.target])
    if column.field is not None and column.field.type == "term":
        field = column.field
        return plain_choices(field.vocabulary) if field.vocabulary else [(option.code, str(option.label)) for option in field.options]
    return []


def same_label(column: Column, words: str) -> bool:
    """Whether the words are the name of the column, in any letters and in both languages."""
    field = column.field
    labels = {str(column.label), *((field.label_vi, field.label_en) if field and "." not in column.target else ())}
    return fold(words) in {fold(label) for label in labels}


def _own(column: CsvColumn, label: str) -> Column:
    field = column.field
    return Column(f"{OWN}{column.name}", label, f"own_{field.type}", column.name, column.many, field.required, field)
