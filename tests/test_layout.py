"""What the tree itself promises: collections/ is data, packages are the named ones, docs are true."""

import collections
import re
from pathlib import Path

import pytest
from django.apps import apps

PROJECT = Path(__file__).resolve().parent.parent


def test_collections_holds_data_and_never_shadows_the_standard_library():
    assert not list((PROJECT / "collections").rglob("*.py"))
    assert not Path(collections.__file__).is_relative_to(PROJECT)
    assert "collections" not in {app.name for app in apps.get_app_configs()}


def _python_files() -> list[Path]:
    return [
        path
        for name in ("library", "media_pipeline", "search")
        for path in (PROJECT / name).rglob("*.py")
        if "migrations" not in path.parts
    ]


def test_every_module_says_what_it_owns():
    silent = [str(path) for path in _python_files() if path.read_text().strip() and not path.read_text().lstrip().startswith(('"""', "#!"))]
    assert silent == []


@pytest.mark.parametrize("name", ["utils", "helpers", "core", "common", "manager", "managers", "misc"])
def test_no_file_is_named_for_nothing(name):
    assert not [path for path in _python_files() if path.stem == name]


def test_every_variable_of_the_environment_is_documented_and_every_documented_one_is_read():
    read = set()
    for path in (PROJECT / "library/settings").glob("*.py"):
        read |= set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', path.read_text()))
    documented = set(re.findall(r"^\| `([A-Z0-9_]+)`", (PROJECT / "docs/settings.md").read_text(), re.MULTILINE))
    assert read == documented


def test_every_word_of_the_glossary_is_used_in_the_code():
    code = "\n".join(path.read_text() for path in _python_files()) + "\n".join(
        path.read_text() for path in (PROJECT / "collections").rglob("*.yaml")
    )
    words = re.findall(r"^\| .* \| `([a-z_]+)` \|$", (PROJECT / "docs/glossary.md").read_text(), re.MULTILINE)
    assert len(words) > 40
    assert [word for word in words if word not in code] == []


def test_compiled_requirements_name_no_registry():
    for lock in (PROJECT / "requirements").glob("*.txt"):
        assert "://" not in re.sub(r"#.*", "", lock.read_text())
