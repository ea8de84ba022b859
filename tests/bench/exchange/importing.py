"""Import without media against Wagtail's own loop of ``add_child``, in one run; and the memory of the import at two sizes.

    python -m tests.bench.exchange.importing [ROWS [MORE_ROWS]]

Each measure runs in a process of its own on a new database; CPU seconds of that process are compared, not the clock.
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


STEPS = ("read", "check", "run")
CELLS = ("Người Mông mở hội đầu năm.", "H’mông", "Tả Phìn, Lào Cai")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def add_children(rows: int) -> dict[str, float]:
    """Wagtail's way: bare pages, one after another, under one parent; without a version and without publishing, which cost twice more."""
    from wagtail.models import Page

    parent = Page.get_first_root_node().add_child(instance=Page(title="Bench", slug="bench"))
    began = time.process_time()
    for number in range(rows):
        parent.add_child(instance=Page(title=f"Tư liệu số {number}", slug=f"t-{number}"))
    return {"cpu": time.process_time() - began, "rows": rows, "peak": _peak()}


def import_rows(rows: int) -> dict[str, float]:
    """Our way: a workbook through reading, check and run, as the worker does it."""
    from openpyxl import Workbook

    from library.exchange.actions.match import match_columns, run
    from library.exchange.actions.receive import receive
    from library.exchange.actions.work import advance_imports
    from library.records.models import Record
    from library.vocabularies.models import AdminUnit
    from tests.factories import make_group, make_office, make_term, make_user

    office = make_office("tinh-15")
    user = make_user("cataloguer", office)
    make_term("rights_statements", "CNE")
    make_group()
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai")
    AdminUnit.objects.create(level="commune", code="1", label_vi="Xã Tả Phìn", parent=province)
    path = Path(tempfile.mkdtemp()) / "bench.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Mã phiếu", "Tên", "Tóm tắt", "Dân tộc", "Nơi (xã, tỉnh)", "Thời gian", "Nguồn"])
    for number in range(rows):
        sheet.append([f"A{number}", f"Tư liệu số {number}", *CELLS, f"{number % 28 + 1}/{number % 12 + 1}/{1990 + number % 30}", "Sổ tay"])
    book.save(path)
    before = _peak()
    steps = {}

    def work(step: str) -> None:
        began = time.process_time()
        while advance_imports():
            pass
        steps[step] = time.process_time() - began

    with path.open("rb") as stream:
        job = receive(user, office, "festival", stream, "bench.xlsx")
    work("read")
    job.refresh_from_db()
    match_columns(job, job.mapping, [], "fill", user=user)
    work("check")
    run(job, user=user)
    work("run")
    job.refresh_from_db()
    assert job.state == "done" and not job.problem, (job.state, job.problem)
    assert job.counts()["create"] == Record.objects.count() == rows
    return {"cpu": sum(steps.values()), "rows": rows, "peak": _peak(), "grown": _peak() - before, **steps}


def _child(what: str, rows: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-importing-"))
    os.environ |= {"LIBRARY_VAR_DIR": str(folder), "MEDIA_STORAGE": str(folder / "media")}
    os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
    import django

    django.setup()
    from django.core.management import call_command

    from media_pipeline.storage import main_storage

    call_command("migrate", verbosity=0)
    main_storage().prepare()
    print(json.dumps({"import": import_rows, "add_child": add_children}[what](rows)))


def _measure(what: str, rows: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.exchange.importing", f"--{what}", str(rows)]
    answer = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout.splitlines()[-1]))


def main() -> None:
    """Prints the measures as a table."""
    rows, more = (int(each) for each in [*sys.argv[1:], "10000", "100000"][:2])
    loop, ours = _measure("add_child", min(rows, 2_000)), _measure("import", rows)
    for name, measure in (("add_child", loop), ("import", ours)):
        print(f"{name}: {measure['rows']} rows, {1000 * measure['cpu'] / measure['rows']:.3f} ms CPU a row", measure)
    print("of these", ", ".join(f"{step} {1000 * ours[step] / ours['rows']:.3f}" for step in STEPS), "ms a row; the check is the dry run")
    print(f"ratio: {(loop['cpu'] / loop['rows']) / (ours['cpu'] / ours['rows']):.1f}")
    if more:
        small, large = _measure("import", 1_000), _measure("import", more)
        for each in (small, large):
            print(f"peak memory at {each['rows']} rows: {each['peak']:.0f} MiB, {each['grown']:.0f} more than before the first row")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1].startswith("--"):
        _child(sys.argv[1][2:], int(sys.argv[2]))
    else:
        main()
