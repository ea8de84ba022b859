"""The memory of an export at two sizes, its CPU time a record and the size of its file, as a table of formats.

    python -m tests.bench.exchange.exporting [RECORDS [MORE_RECORDS]]

The records have no files: a bag of them measures the records, not the copying of originals. They are made in one process; each export is
one of its own over the same database, as the worker does it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings.test")
PROJECT = Path(__file__).resolve().parent.parent.parent.parent
FORMATS = ("xlsx", "csv", "jsonl", "bag")
SIZES = ("500", "2000")  # records, where none are asked for
AT_ONCE = 500


def fill(records: int) -> dict[str, float]:
    """Drafts of one office, with what a table of an officer has."""
    from django.core.management import call_command

    from library.records.actions.create_many import NewRecord, create_many
    from media_pipeline.storage import main_storage
    from tests.factories import make_group, make_office, make_term, make_user

    call_command("migrate", verbosity=0)
    main_storage().prepare()
    office = make_office("tinh-15")
    user = make_user("cataloguer", office)
    rights = make_term("rights_statements", "CNE").pk
    links = {"groups": [make_group().pk]}
    for first in range(0, records, AT_ONCE):
        drafts = [
            NewRecord(
                record_type="festival",
                source_key=f"tinh-15/A{number}",
                columns={"rights_id": rights, "title_vi": f"Hội bản số {number}", "summary_vi": "Cả bản mở hội sau vụ gặt."},
                links=links,
                rows={"dates": [{"edtf": "2025-03-12"}], "sources": [{"citation": "Sổ tay của xã"}]},
                tags=[f"hội {number % 50}"],
            )
            for number in range(first, min(first + AT_ONCE, records))
        ]
        create_many(drafts, office=office, user=user)
    return {"rows": records}


def export(code: str) -> dict[str, float]:
    """One export from the request to the file in the storage."""
    from library.accounts.models import User
    from library.exchange.actions.exports import verbs
    from library.exchange.actions.exports.work import advance_exports
    from library.records.models import Record

    user = User.objects.get()
    began = time.process_time()
    asked = verbs.ask(user, verbs.seen_keys(user, Record.objects.all()), code)
    while advance_exports():
        pass
    asked.refresh_from_db()
    assert asked.state == "done" and asked.entries == asked.total, (asked.state, asked.problem)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": asked.total, "cpu": time.process_time() - began, "peak": peak, "bytes": asked.size}


def _child(what: str, how: str) -> None:
    import django

    django.setup()
    print(json.dumps(fill(int(how)) if what == "fill" else export(how)))


def _measure(folder: str, what: str, how: str) -> dict[str, float]:
    place = {"LIBRARY_VAR_DIR": folder, "MEDIA_STORAGE": f"{folder}/media", "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
    command = [sys.executable, "-m", "tests.bench.exchange.exporting", f"--{what}", how]
    answer = subprocess.run(command, cwd=PROJECT, env=os.environ | place, check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout.splitlines()[-1]))


def main() -> None:
    """Prints the measures as a table."""
    print(f"{'format':<8}{'records':>9}{'MiB written':>13}{'MiB at its peak':>17}{'ms CPU a record':>17}")
    for records in [*sys.argv[1:], *SIZES][:2]:
        with tempfile.TemporaryDirectory(prefix="bench-exporting-") as folder:
            _measure(folder, "fill", records)
            for code in FORMATS:
                each = _measure(folder, "export", code)
                cpu, written = 1000 * each["cpu"] / each["rows"], each["bytes"] / 1024**2
                print(f"{code:<8}{each['rows']:>9}{written:>13.1f}{each['peak']:>17.0f}{cpu:>17.3f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1].startswith("--"):
        _child(sys.argv[1][2:], sys.argv[2])
    else:
        main()
