"""Breaks the code on purpose and looks whether the tests that promise to see it do: ``make mutants``.

Each mutant is a small change that once left every test green. It is made in a copy of the last commit; the tests that are named for it run
there and have to fail. Exits 1 when a mutant survives, or when its text is no longer in the file.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SECONDS = 600  # for the tests of one mutant


@dataclass(frozen=True)
class Mutant:
    """``old`` in ``file`` becomes ``new``; then one of ``tests`` (node ids of pytest) must fail."""

    what: str
    file: str
    old: str
    new: str
    tests: str


MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "the calendar shows festivals that are not public",
        "library/pages/views/festivals/calendar.py",
        "visible = queries.visible_records(request_viewer(request))",
        "visible = queries.visible_records(request_viewer(request)).model.objects.all()",
        "tests/library/test_entry_points.py",
    ),
    Mutant(
        "the home page shows festivals that are not public",
        "library/pages/views/home.py",
        "next_festivals(records, COMING)",
        "next_festivals(records.model.objects.all(), COMING)",
        "tests/library/test_entry_points.py",
    ),
    Mutant(
        "public pages show drafts",
        "library/pages/queries/__init__.py",
        "Record.objects.visible_to(viewer).filter(live=True)",
        "Record.objects.visible_to(viewer)",
        "tests/library/test_entry_points.py",
    ),
    Mutant(
        "the table of entry points has lost a level",
        "tests/library/access_matrix.py",
        "            own_access=own_access,\n",
        "",
        "tests/library/test_entry_points.py",
    ),
    Mutant(
        "retries come at once",
        "media_pipeline/jobs/lease.py",
        "RETRY_MINUTES = [1, 5, 30]",
        "RETRY_MINUTES = [1, 1, 1]",
        "tests/media_pipeline/jobs/test_runner.py",
    ),
    Mutant(
        "the form lets anybody set a community's label",
        "library/cataloguing/forms/record.py",
        '            check_labels(self.formsets["labels"], self.for_user, cleaned.get("communities") or ())\n',
        "            pass\n",
        "tests/library/cataloguing/form/test_form.py",
    ),
    Mutant(
        "the form lets anybody change a community's label",
        "library/cataloguing/forms/rows.py",
        "            restrict_label_row(self, self.for_user)\n",
        "            pass\n",
        "tests/library/cataloguing/form/test_form.py",
    ),
    Mutant(
        "a label closes nothing",
        "library/records/access/levels.py",
        "access.strictest(record.own_access, *labels)",
        "record.own_access",
        "tests/library/cataloguing/form/test_form.py",
    ),
    Mutant(
        "a download holds a transaction",
        "media_pipeline/delivery/file_view.py",
        "@transaction.non_atomic_requests\n@require_safe\ndef file(",
        "@require_safe\ndef file(",
        "tests/media_pipeline/delivery/test_file_view.py",
    ),
    Mutant(
        "a template line that nobody can edit",
        "templates/home.html",
        "{% endblock",
        "{# " + "x" * 150 + " #}{% endblock",
        "tests/test_structure.py",
    ),
    Mutant("a glossary word that is only part of another word", "docs/glossary.md", "| `subgroup` |", "| `ubgrou` |", "tests/test_docs.py"),
)


def survives(mutant: Mutant, tree: Path) -> str:
    """Why the mutant is not killed; empty when a test fails as it has to."""
    path = tree / mutant.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutant.old) < 1:
        return "its text is no longer in the file"
    path.write_text(text.replace(mutant.old, mutant.new, 1), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant.tests.split()]
        ended = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, timeout=SECONDS)
    finally:
        path.write_text(text, encoding="utf-8")
    if ended.returncode == 1:
        return ""
    return "every test passed" if ended.returncode == 0 else f"the tests did not run: {ended.stdout[-300:]}"


def main() -> int:
    """One line a mutant; the number of those that live is the exit code, at most 1."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(tree)], cwd=PROJECT, check=True)
        try:
            living = 0
            for mutant in MUTANTS:
                why = survives(mutant, tree)
                living += bool(why)
                print(f"{'LIVES' if why else 'killed':7} {mutant.what}{f': {why}' if why else ''}", flush=True)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=PROJECT, check=True)
    return min(living, 1)


if __name__ == "__main__":
    sys.exit(main())
