"""Growing is settings only: the catalogue on PostgreSQL, a cache shared through Redis. The same tests, another address."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.library_processes import migrated_database

PROJECT = Path(__file__).resolve().parent.parent.parent
ON_POSTGRESQL = (
    "tests/library/records/test_actions.py",
    "tests/library/records/test_permissions.py",
    "tests/library/accounts/test_move_office.py",
    "tests/background/test_leases.py",
    "tests/library/exchange/test_import_workers.py",
    "tests/library/cataloguing/bulk/test_bulk_workers.py",
    "tests/library/cataloguing/terms/test_merge.py",
    "tests/library/test_entry_points.py",
    "tests/library/vocabularies/test_admin.py",
    "tests/library/vocabularies/test_load.py::test_a_second_load_changes_nothing",
    "tests/library/vocabularies/test_load.py::test_a_changed_cell_updates_its_row_only",
    "tests/integration/search/test_indexing.py",
    "tests/integration/search/test_site.py",
)


def _run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_", "LIBRARY_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, *command], cwd=PROJECT, env={**inherited, **variables}, capture_output=True, text=True, check=False
    )


@pytest.mark.service("postgres")
def test_the_catalogue_and_its_outbox_behave_on_postgresql_as_on_sqlite(postgres_url: str, tmp_path: Path):
    variables = {"DATABASE_URL": postgres_url, "DATABASE_TEMPLATE": migrated_database(postgres_url, tmp_path)}
    done = _run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not service and not slow", *ON_POSTGRESQL, **variables)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.service("redis")
def test_two_processes_share_a_cache_through_redis(redis_url, tmp_path):
    variables = {"REDIS_URL": redis_url, "LIBRARY_VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "library.settings.dev"}
    put = _run("manage.py", "shell", "-v", "0", "-c", "from django.core.cache import cache; cache.set('word', 'lễ hội', 60)", **variables)
    assert put.returncode == 0, put.stderr
    got = _run("manage.py", "shell", "-v", "0", "-c", "from django.core.cache import cache; print(cache.get('word'))", **variables)
    assert got.stdout.strip() == "lễ hội"
