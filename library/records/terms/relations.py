"""The columns of all tables that point to terms, found from the models: a new foreign key or many-to-many field is known by itself."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet, UniqueConstraint

from library.many_rows import among
from library.vocabularies.models import Term, TermLabel, TermMerge

from ..models import Record
from ..models.term_uses import TermUse

STRUCTURE = (Term, TermLabel, TermMerge, TermUse)  # what a vocabulary is made of, and what is worked out from uses: these are no uses


@dataclass(frozen=True, slots=True)
class TermColumn:
    """A column that points to terms: of a model, of its rows, or of the table between a model and its terms.

    ``record`` is the column of the same table that names the record, empty where it is about something else.
    """

    table: type[Model]
    name: str
    record: str

    @property
    def record_key(self) -> str:
        """The column with the key of the record."""
        return self.record if self.record == "pk" else f"{self.record}_id"

    @property
    def label(self) -> str:
        """What the place is called: the field of a record, the rows of a record with their field, the field of something else."""
        meta = self.table._meta
        if isinstance(meta.auto_created, type) and issubclass(meta.auto_created, Model):  # a table between a model and its terms
            owner = meta.auto_created._meta
            field = next(each for each in owner.many_to_many if each.remote_field.through is self.table)
            return f"{owner.verbose_name}: {field.verbose_name}"
        column: Any = meta.get_field(self.name)
        return f"{meta.verbose_name}: {column.verbose_name}"

    @property
    def rows(self) -> "QuerySet[Any]":
        return self.table._base_manager.all()


@cache
def term_columns() -> tuple[TermColumn, ...]:
    """Every column of every table; a table between two models is a table like others."""
    relations = Term._meta.get_fields(include_hidden=True)
    fields: list[Any] = [relation.field for relation in relations if relation.auto_created and not relation.concrete]  # type: ignore[union-attr]
    columns = [field for field in fields if isinstance(field, ForeignKey) and field.model not in STRUCTURE]
    return tuple(TermColumn(field.model, field.name, _record_column(field.model)) for field in columns)


def _record_column(table: type[Model]) -> str:
    if table is Record:
        return "pk"
    return next((field.name for field in table._meta.fields if field.related_model is Record), "")


def uses_of_records(record_ids: list[int]) -> set[tuple[int, int]]:
    """(record, term) of every column of these records, in one query."""
    parts = [
        column.rows.filter(among(column.record_key, record_ids), **{f"{column.name}__isnull": False})
        .order_by()
        .values_list(column.record_key, f"{column.name}_id")
        for column in term_columns()
        if column.record
    ]
    return set(parts[0].union(*parts[1:], all=True)) if parts else set()


def move(column: TermColumn, old: int, new: int, rows: "QuerySet[Any]") -> int:
    """Has rows of the column point to the new term; those that would then stand there twice are deleted. Returns how many rows had it."""
    found = rows.filter(**{column.name: old})
    keys = list(found.values_list("pk", flat=True))
    if not keys:
        return 0
    with transaction.atomic():
        for others in _unique_with(column):
            twins = column.rows.filter(**{column.name: new}).values_list(*others)
            taken = set(twins)
            doubled = [key for key, *values in found.values_list("pk", *others) if tuple(values) in taken]
            column.rows.filter(pk__in=doubled).delete()
        found.update(**{column.name: new})
    return len(keys)


def _unique_with(column: TermColumn) -> list[list[str]]:
    """The other columns of each unique key that the column is a part of."""
    meta = column.table._meta
    keys: list[Any] = [*meta.unique_together, *(each.fields for each in meta.constraints if isinstance(each, UniqueConstraint))]
    return [[name for name in key if name != column.name] for key in keys if column.name in key]
