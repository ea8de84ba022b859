"""The worker process is killed (SIGKILL) in the middle of an import and of its undo: in the end every row is there once, or none.

IMPORT_KILLS says how often the import is killed.
"""

import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.integration.library_processes import Library, library_on
from tests.waiting import wait_until

KILLS = int(os.environ.get("IMPORT_KILLS", "1"))
KINDS = [pytest.param("local", marks=pytest.mark.slow), pytest.param("server", marks=pytest.mark.service("postgres", "s3"))]
ROWS = 1_200
#: A table that is checked and waits for the worker.
FILL = f"""
import io
from library.exchange.actions.match import match_columns, run
from library.exchange.actions.receive import receive
from library.exchange.actions.work import advance_imports
from library.exchange.models import Import
from media_pipeline.storage import main_storage
from tests.factories import make_group, make_office, make_term, make_user
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
UNDO = """
from library.exchange.actions.match import undo
from library.exchange.models import Import
job = Import.objects.get()
undo(job, user=job.user)
"""
TELL = """
from collections import Counter
from library.exchange.models import Import, ImportRow
from library.records.models import Record
job = Import.objects.get()
keys = Counter(Record.objects.values_list("source_key", flat=True))
print(job.state, repr(job.problem), len(keys), max(keys.values(), default=0), job.rows.filter(finished=True).count(), job.records.count())
"""


def _query(library: Library) -> Callable[[str], tuple[object, ...]]:
    """Asks the database directly: a process for every look would disturb what is watched."""
    url = library.environment["DATABASE_URL"]

    def ask(sql: str) -> tuple[object, ...]:
        if url.startswith("postgresql"):
            with psycopg.connect(url) as connection:
                return connection.execute(sql.encode()).fetchone() or ()
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)) as connection:
            return tuple(connection.execute(sql).fetchone())

    return ask


def _kill_in_the_middle(library: Library, ask: Callable[[str], tuple[object, ...]], state: str, number: int) -> None:
    """Starts a worker, kills it when so many rows or records of the step are done, and lets its lease end."""
    worker = library.start("index_worker")
    try:
        wait_until(lambda: worker.poll() is not None or int(str(ask("SELECT done FROM exchange_import")[0])) >= number)
    finally:
        worker.send_signal(signal.SIGKILL)
        said, _nothing = worker.communicate(timeout=300)
    assert worker.returncode == -signal.SIGKILL, said[-4000:]
    assert ask("SELECT state FROM exchange_import")[0] == state, "killed too late"
    library.run("from library.exchange.models import Import; Import.objects.update(leased_until='2000-01-01T00:00:00Z')")


def _work_to_the_end(library: Library, ask: Callable[[str], tuple[object, ...]], state: str) -> None:
    worker = library.start("index_worker")
    try:
        wait_until(lambda: worker.poll() is not None or ask("SELECT state FROM exchange_import")[0] == state)
    finally:
        worker.terminate()
        worker.communicate(timeout=300)


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_worker_loses_and_doubles_no_row_and_its_undo_leaves_none(kind: str, request: pytest.FixtureRequest, tmp_path: Path):
    seed = random.randrange(10**6)
    moment = random.Random(seed)
    library, _backups = library_on(kind, request, tmp_path)
    library.run(FILL)
    ask = _query(library)
    for kill in range(KILLS):
        share = ROWS // (KILLS + 2)  # the last third takes the time in which a kill is decided
        _kill_in_the_middle(library, ask, "running", kill * share + moment.randrange(1, share))
    _work_to_the_end(library, ask, "done")
    assert library.run(TELL).split() == ["done", "''", str(ROWS), "1", str(ROWS), str(ROWS)], f"seed {seed}"

    library.run(UNDO)
    _kill_in_the_middle(library, ask, "undoing", moment.randrange(1, ROWS // 2))
    _work_to_the_end(library, ask, "undone")
    assert library.run(TELL).split()[:4] == ["undone", "''", "0", "0"], f"seed {seed}"
