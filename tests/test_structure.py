"""The house rules that a machine can hold: size of files and folders, no circle of imports, templates a person can edit."""

import ast
from pathlib import Path

import pytest

from tests import measures

MODULES_IN_A_FOLDER = 15
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
LINES_OF_A_TEMPLATE = 100


def test_no_folder_has_more_than_fifteen_modules():
    assert {folder: count for folder, count in measures.modules_by_folder().items() if count > MODULES_IN_A_FOLDER} == {}


def test_no_folder_of_tests_has_more_than_fifteen_modules():
    assert {folder: count for folder, count in measures.tests_by_folder().items() if count > MODULES_IN_A_FOLDER} == {}


def test_no_folder_of_templates_has_more_than_fifteen_files():
    folders = [path.parent for path in measures.templates()]
    assert {str(folder): folders.count(folder) for folder in folders if folders.count(folder) > MODULES_IN_A_FOLDER} == {}


def test_no_modules_import_one_another_in_a_circle():
    assert measures.import_cycles() == []


def test_no_import_is_hidden_in_a_string():
    """``import_module("library.…")`` would be invisible to the graph; the dotted names of settings are the one exception."""
    hidden = [
        f"{path.relative_to(measures.PROJECT)}:{node.lineno}"
        for path in measures.source_files()
        for node in measures.nodes(path)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"import_module", "import_string"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and str(node.args[0].value).split(".")[0] in measures.PACKAGES
    ]
    assert hidden == []


def test_no_test_waits_for_a_quiet_network():
    """A page that was quiet before an action is quiet at once: a test waits for what it wants to see (``tests/browser/waiting.py``)."""
    quiet = [
        f"{path.relative_to(measures.PROJECT)}:{node.lineno}"
        for path in measures.files_of_tests()
        if "networkidle" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        for given in (*node.args, *(word.value for word in node.keywords))
        if isinstance(given, ast.Constant) and given.value == "networkidle"
    ]
    assert quiet == []


def test_files_and_functions_fit_on_a_screen():
    files = {str(path): lines for path in measures.source_files() if (lines := len(path.read_text().splitlines())) > LINES_OF_A_FILE}
    functions = {f"{path}:{node.name}": measures.lines_of(node) for path, node in measures.functions()}
    assert files == {}
    assert {name: lines for name, lines in functions.items() if lines > LINES_OF_A_FUNCTION} == {}


def test_no_line_of_a_template_is_longer_than_a_person_can_edit():
    assert measures.long_template_lines() == []


def test_templates_fit_on_two_screens():
    long = {str(path): lines for path in measures.templates() if (lines := len(path.read_text().splitlines())) > LINES_OF_A_TEMPLATE}
    assert long == {}


def test_the_measures_can_be_printed():
    names = [row.split("  ")[0].strip() for row in measures.rows()[1:]]
    assert names == list(measures.BEFORE)


@pytest.mark.parametrize("text", ["a" * 141, "a" * 140])
def test_a_template_line_over_the_limit_is_seen(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    page = tmp_path / "page.html"
    page.write_text(text, encoding="utf-8")
    monkeypatch.setattr(measures, "templates", lambda: [page])
    monkeypatch.setattr(measures, "PROJECT", tmp_path)
    assert bool(measures.long_template_lines()) is (len(text) > 140)
