"""The worker process is killed (SIGKILL) in the middle of an import and of its undo: in the end every row is there once, or none.

IMPORT_KILLS says how often the import is killed.
"""

import os
import random
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.integration.library_processes import Library, library_on
from tests.waiting import wait_until

KILLS = int(os.environ.get("IMPORT_KILLS", "1"))
KINDS = [pytest.param("local", marks=pytest.mark.slow), pytest.param("server", marks=pytest.mark.service("postgres", "s3"))]
ROWS = 1_200  # more than two of the transactions of an import
#: A table that is checked and waits for the worker.
FILL = f"""
import io
from django.core.management import call_command
from library.exchange.actions.match import match_columns, run
from library.exchange.actions.receive import receive
from library.exchange.actions.work import advance_imports
from library.exchange.models import Import
from media_pipeline.storage import main_storage
from tests.factories import make_group, make_office, make_term, make_user
call_command("load_roles", verbosity=0)
main_storage().prepare()
office = make_office("tinh-15")
user = make_user("cataloguer", office)
make_term("rights_statements", "CNE")
make_group()
table = "Mã phiếu;Tên;Dân tộc;Từ khóa" + chr(10) + "".join(f"A{{n}};Hội {{n}};Mông;hội {{n % 7}}" + chr(10) for n in range({ROWS}))
job = receive(user, office, "festival", io.BytesIO(table.encode()), "a.csv")
while advance_imports(): pass
job.refresh_from_db()
match_columns(job, job.mapping, [], "fill", user=user)
while advance_imports(): pass
job.refresh_from_db()
run(job, user=user)
"""
TELL = """
from collections import Counter
from library.exchange.models import Import, ImportRow
from library.records.models import Record
job = Import.objects.get()
keys = Counter(Record.objects.values_list("source_key", flat=True))
print(job.state, repr(job.problem), len(keys), max(keys.values(), default=0), job.rows.filter(finished=True).count(), job.records.count())
"""
UNDO = """
from library.exchange.actions.match import undo
undo(job, user=job.user)
"""


@contextmanager
def _connected(library: Library) -> Iterator[psycopg.Connection[Any] | sqlite3.Connection]:
    """Its database, asked directly: a process for every look would disturb what is watched. What was changed is committed at the end."""
    url = library.environment["DATABASE_URL"]
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            yield connection
    else:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)) as connection, connection:
            yield connection


def _job(library: Library, column: str) -> str:
    """A column of the only import."""
    with _connected(library) as connection:
        return str(connection.execute(f"SELECT {column} FROM exchange_import").fetchone()[0])


def _kill_in_the_middle(library: Library, state: str, number: int) -> None:
    """Starts a worker, kills it when so many rows or records of the step are done, and lets its lease end."""
    worker = library.start("index_worker")
    try:
        wait_until(lambda: worker.poll() is not None or int(_job(library, "done")) >= number)
    finally:
        worker.send_signal(signal.SIGKILL)
        said, _nothing = worker.communicate(timeout=300)
    assert worker.returncode == -signal.SIGKILL, said[-4000:]
    assert _job(library, "state") == state, "killed too late"
    with _connected(library) as connection:
        connection.execute("UPDATE exchange_import SET leased_until = '2000-01-01 00:00:00+00:00'")


def _work_to_the_end(library: Library, state: str) -> None:
    worker = library.start("index_worker")
    try:
        wait_until(lambda: worker.poll() is not None or _job(library, "state") == state)
    finally:
        worker.terminate()
        worker.communicate(timeout=300)


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_worker_loses_and_doubles_no_row_and_its_undo_leaves_none(kind: str, request: pytest.FixtureRequest, tmp_path: Path):
    seed = random.randrange(10**6)
    moment = random.Random(seed)
    library, _backups = library_on(kind, request, tmp_path)
    library.run(FILL)
    for kill in range(KILLS):
        share = ROWS // (KILLS + 2)  # the last third takes the time in which a kill is decided
        _kill_in_the_middle(library, "running", kill * share + moment.randrange(1, share))
    _work_to_the_end(library, "done")
    assert library.run(TELL + UNDO).split() == ["done", "''", str(ROWS), "1", str(ROWS), str(ROWS)], f"seed {seed}"

    _kill_in_the_middle(library, "undoing", moment.randrange(1, ROWS // 2))
    _work_to_the_end(library, "undone")
    assert library.run(TELL).split()[:4] == ["undone", "''", "0", "0"], f"seed {seed}"
