"""Many rows in one statement: for work over thousands of rows, where Django would build a model and a text of SQL for each few of them.

As with ``bulk_create`` nothing is checked, and no signal is sent: who calls this has checked, cleans the texts, and announces.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import NoneType
from typing import Any

from django.db import connections, models, router
from django.db.models.constants import OnConflict
from django.utils import timezone

Row = Mapping[str, Any]
LONG_LIST = 50  # keys
#: What the database takes as it is: internal type of a column → type of the value.
TAKEN_AS_THEY_ARE = {"CharField": str, "TextField": str, **dict.fromkeys(("BigAutoField", "AutoField", "PositiveIntegerField"), int)}


def insert_many(model: type[models.Model], rows: Sequence[Row], *, ignore_conflicts: bool = False) -> None:
    """Inserts the rows: column of the model → value. A column that no row names has its default, or the time where the model sets it.

    With ``ignore_conflicts`` a row that is there already stays as it is.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    on_conflict = OnConflict.IGNORE if ignore_conflicts else None
    fields: list[Any] = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    words = [
        connection.ops.insert_statement(on_conflict=on_conflict),
        connection.ops.quote_name(model._meta.db_table),
        f"({names}) VALUES ({', '.join(['%s'] * len(fields))})",
        connection.ops.on_conflict_suffix_sql(fields, on_conflict, (), ()),
    ]
    statement = " ".join(words)
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
    values = [_prepared(field, [row[at] for row in table], connection) for at, field in enumerate(fields)]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, (row[-1] for row in table), strict=True)))


def among(name: str, keys: Collection[int]) -> models.Q:
    """The rows whose column ``name`` has one of these keys, where nothing else narrows the question.

    Many keys that lie side by side, as those of new rows do, are asked as a span: a long list is built, sent and read each time.
    """
    if len(keys) > LONG_LIST and max(keys) - min(keys) + 1 == len(set(keys)):
        return models.Q(**{f"{name}__gte": min(keys), f"{name}__lte": max(keys)})
    return models.Q(**{f"{name}__in": keys})


def _column(field: Any, rows: Sequence[Row], connection: Any) -> list[Any]:
    """The values of one column, as the database takes them."""
    name = field.attname
    default = object()
    values = [row.get(name, default) for row in rows]
    if unnamed := values.count(default):
        own = _default(field)
        if unnamed == len(values):
            return [field.get_db_prep_save(own, connection)] * unnamed
        values = [own if value is default else value for value in values]
    return _prepared(field, values, connection)


def _default(field: Any) -> Any:
    """What the column holds when nothing is said. Raises TypeError for one that its model computes: that has to be said."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    if type(field).pre_save not in (models.Field.pre_save, models.DateTimeField.pre_save, models.DateField.pre_save):
        raise TypeError(f"{field} is computed by its model")
    return field.get_default()


def _prepared(field: Any, values: list[Any], connection: Any) -> list[Any]:
    """The values as the database takes them. The same value is prepared once, however many rows have it in a sequence."""
    plain = TAKEN_AS_THEY_ARE.get(getattr(field, "target_field", field).get_internal_type())
    if plain and set(map(type, values)) <= {plain, NoneType}:
        return values
    prepared = []
    last, ready = object(), None
    for value in values:
        if value is not last:
            last, ready = value, field.get_db_prep_save(value, connection)
        prepared.append(ready)
    return prepared


@models.Field.register_lookup
class OneOf(models.Lookup):  # type: ignore[type-arg]
    """``column__one_of=values``: as ``in``, for hundreds of values, where nothing else narrows the question. They are one parameter."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*parameters, json.dumps(list(self.rhs))]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, list(self.rhs)]
