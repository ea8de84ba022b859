"""Copies every row of this database into an empty one of another kind, in one transaction, and compares the counts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.models.sql import InsertQuery

from library.settings import env

SOURCE, TARGET = "default", "target"
ROWS_AT_ONCE = 1000
INDEXES = {"wagtailsearch", "modelsearch"}


class MoveError(Exception):
    """The rows cannot be moved, or did not all arrive; the target is then as it was."""


def move_database(url: str) -> dict[str, int]:
    """Copy everything into the database of this address (as of DATABASE_URL); returns the rows of each table.

    Nobody can write to this database meanwhile. Raises MoveError when the target has people or records already, or when a count
    differs: nothing is kept then.
    """
    _migrate(url)
    connections.databases[TARGET] = {**connections.databases[SOURCE], "OPTIONS": {}, **env.database(url), "ATOMIC_REQUESTS": False}
    try:
        with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
            _empty_target()
            counts = {model._meta.db_table: _copy(model) for model in _models()}
            _reset_sequences()
            _compare(counts)
        return counts
    finally:
        connections[TARGET].close()
        del connections.databases[TARGET]


def _migrate(url: str) -> None:
    """Make the tables, in a process of its own: data migrations of other packages write to the default database only."""
    path = os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": path}
    command = [sys.executable, "-m", "django", "migrate", "--no-input", "-v", "0"]
    if subprocess.run(command, env=environment, check=False).returncode:
        raise MoveError("the tables could not be made in the target database")


def _models() -> list[type[models.Model]]:
    """Every model with a table of its own, the hidden ones between two others too.

    Not those of Wagtail's search: its tables differ by database, and ours is kept elsewhere (setting WAGTAILSEARCH_BACKENDS).
    """
    every = [model._meta for model in apps.get_models(include_auto_created=True)]
    own = [meta for meta in every if meta.managed and not meta.proxy and not meta.swapped and meta.app_label not in INDEXES]
    return [meta.model for meta in own]


def _empty_target() -> None:
    """Remove what the migrations themselves put in (types, rights, first pages). Raises MoveError when people are there."""
    user = apps.get_model("accounts", "User")
    if user._base_manager.using(TARGET).exists():
        raise MoveError("the target database has people in it already")
    target = connections[TARGET]
    tables = [model._meta.db_table for model in _models()]
    with target.cursor() as cursor:
        for statement in target.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True):
            cursor.execute(statement)


def _copy(model: type[models.Model]) -> int:
    """Copy one table as it is: no signals, no ``save``, the same keys. Foreign keys are checked when the transaction ends."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    rows_left, count = _rows(model, fields), 0
    while rows := list(islice(rows_left, ROWS_AT_ONCE)):
        query = InsertQuery(model)
        query.insert_values(fields, rows, raw=True)
        query.get_compiler(using=TARGET).execute_sql()
        count += len(rows)
    return count


def _rows(model: type[models.Model], fields: list[Any]) -> Iterator[Any]:
    names = [field.attname for field in fields]
    for values in model._base_manager.using(SOURCE).order_by("pk").values_list(*names).iterator(chunk_size=ROWS_AT_ONCE):
        yield SimpleNamespace(**dict(zip(names, values, strict=True)))


def _reset_sequences() -> None:
    target = connections[TARGET]
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _compare(counts: dict[str, int]) -> None:
    """Count every table on both sides. Raises MoveError naming those that differ."""
    differing = []
    for model in _models():
        here, there = (model._base_manager.using(alias).count() for alias in (SOURCE, TARGET))
        if not here == there == counts[model._meta.db_table]:
            differing.append(f"{model._meta.db_table}: {here} here, {there} there")
    if differing:
        raise MoveError("; ".join(differing))
