"""Many rows in one statement: for work over thousands of rows, where Django would build a model and a text of SQL for each few of them.

As with ``bulk_create`` nothing is checked, and no signal is sent: who calls this has checked, cleans the texts, and announces.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connections, models, router
from django.utils import timezone

Row = Mapping[str, Any]


def insert_many(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Inserts the rows: column of the model → value. A column that no row names has its default, or the time where the model sets it."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields: list[Any] = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*(_column(field, rows, connection) for field in fields), strict=True)))


def update_many(model: type[models.Model], rows: Iterable[tuple[Any, ...]], names: Sequence[str]) -> None:
    """Writes the columns ``names`` of rows that are there; each row is their values and, last, its key."""
    table = list(rows)
    if not table:
        return
    connection = connections[router.db_for_write(model)]
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    own: Any = model._meta.pk
    changes = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    key = connection.ops.quote_name(own.column)
    statement = f"UPDATE {connection.ops.quote_name(model._meta.db_table)} SET {changes} WHERE {key} = %s"  # noqa: S608
    values = [list(_prepared(field, (row[at] for row in table), connection)) for at, field in enumerate(fields)]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, (row[-1] for row in table), strict=True)))


def _column(field: Any, rows: Sequence[Row], connection: Any) -> list[Any]:
    """The values of one column, as the database takes them."""
    name = field.attname
    default = object()
    values = [row.get(name, default) for row in rows]
    if default in values:
        own = _default(field)
        values = [own if value is default else value for value in values]
    return list(_prepared(field, values, connection))


def _default(field: Any) -> Any:
    """What the column holds when nothing is said. Raises TypeError for one that its model computes: that has to be said."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    if type(field).pre_save not in (models.Field.pre_save, models.DateTimeField.pre_save, models.DateField.pre_save):
        raise TypeError(f"{field} is computed by its model")
    return field.get_default()


def _prepared(field: Any, values: Iterable[Any], connection: Any) -> Iterator[Any]:
    """The same value is prepared once, however many rows have it in a sequence."""
    last, ready = object(), None
    for value in values:
        if value is not last:
            last, ready = value, field.get_db_prep_save(value, connection)
        yield ready
