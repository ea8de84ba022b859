"""Writes the whole database into one file and reads it back: SQLite by its own backup, PostgreSQL by pg_dump and psql.

The only file that speaks to these programs. A copy holds one moment of the database while people go on working.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction

TableCounts = dict[str, int]
FILE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}


class DatabaseCopyError(Exception):
    """The database could not be written into a file or read back from one."""


def dump(folder: Path) -> tuple[Path, TableCounts]:
    """Write the database into a new file of the folder; returns the file and the rows of each table in it."""
    path = folder / FILE_NAMES[connection.vendor]
    return path, {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}[connection.vendor](path)


def load(path: Path) -> TableCounts:
    """Put a dumped database into the place of the present one, wholly or not at all; returns the rows of each table."""
    connection.close()
    {"sqlite": _load_sqlite, "postgresql": _load_postgresql}[connection.vendor](path)
    return table_counts()


def table_counts() -> TableCounts:
    """The rows of each table of the present database."""
    with connection.cursor() as cursor:

        def count(query: str) -> int:
            cursor.execute(query)
            return int(cursor.fetchone()[0])

        return _counts(connection.introspection.table_names(cursor), count)


def _counts(tables: list[str], count: Callable[[str], int]) -> TableCounts:
    return {table: count(f'SELECT count(*) FROM "{table}"') for table in sorted(tables)}  # noqa: S608  (names of our own tables)


def _dump_sqlite(path: Path) -> TableCounts:
    with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        return _check_sqlite(target)


def _check_sqlite(copy: sqlite3.Connection) -> TableCounts:
    answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise DatabaseCopyError(f"SQLite: {answer}")
    tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return _counts([name for (name,) in tables], lambda query: int(copy.execute(query).fetchone()[0]))


def _load_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source:
        _check_sqlite(source)
        with closing(sqlite3.connect(_sqlite_file(), timeout=30)) as target:
            source.backup(target)  # one transaction: cut off in the middle, the old content stays


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def _dump_postgresql(path: Path) -> TableCounts:
    """Rows are counted in the same moment that pg_dump writes: both use one exported snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        return table_counts()


def _load_postgresql(path: Path) -> None:
    with connection.cursor() as cursor:
        tables = ", ".join(f'"{table}"' for table in connection.introspection.table_names(cursor))
    connection.close()
    drop = ["--command", f"DROP TABLE IF EXISTS {tables} CASCADE"] if tables else []
    _run("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null", *drop, f"--file={path}")


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database. The password is in its environment, never on its command line."""
    usual, variables = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    options, environment = connection.settings_dict["OPTIONS"], dict(os.environ) | (variables or {})
    for name, variable in (("host", "PGHOST"), ("options", "PGOPTIONS")):
        if options.get(name):
            environment[variable] = str(options[name])
    command = [program, *arguments, *usual[1:]]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise DatabaseCopyError(f"{program} is not installed (Debian: postgresql-client)") from error
    if done.returncode:
        raise DatabaseCopyError(f"{program}: {done.stderr.strip()[-1000:]}")
