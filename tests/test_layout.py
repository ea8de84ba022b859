"""What the tree itself promises: collections/ is data, every module says what it owns, no file is named for nothing."""

import collections
import os
import subprocess
import sys
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
        for name in ("background", "library", "media_pipeline", "search")
        for path in (PROJECT / name).rglob("*.py")
        if "migrations" not in path.parts
    ]


def test_every_module_says_what_it_owns():
    silent = [str(path) for path in _python_files() if path.read_text().strip() and not path.read_text().lstrip().startswith(('"""', "#!"))]
    assert silent == []


@pytest.mark.parametrize("name", ["utils", "helpers", "core", "common", "manager", "managers", "misc"])
def test_no_file_is_named_for_nothing(name):
    assert not [path for path in _python_files() if path.stem == name]


def test_every_bench_starts_as_its_command_does_without_settings():
    benches = [f"tests.bench.{path.stem}" for path in (PROJECT / "tests" / "bench").glob("*.py") if "__main__" in path.read_text()]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(benches)}"], cwd=PROJECT, env=environment, check=False, capture_output=True, text=True
    )
    assert (len(benches) >= 5, done.returncode) == (True, 0), done.stderr
