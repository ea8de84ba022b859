"""An installation of the whole library whose every command is a process of its own, on any database and storage."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest

from tests.migrated_database import begin_migrated

PROJECT = Path(__file__).resolve().parent.parent.parent
MIGRATED = "library_migrated"  # the database that others are copied from


class Library:
    """Database, storage and scratch below one folder, or elsewhere by ``variables``."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self._database = folder, folder / "library.sqlite3"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "library.settings.test",
            "LIBRARY_VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{self._database}",
            "MEDIA_STORAGE": str(folder / "media"),
            "PYTHONPATH": str(PROJECT),
            **variables,
        }

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command; what it says goes to a pipe."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def manage(self, *arguments: str) -> str:
        """Run a command that has to succeed; returns what it said."""
        process = self.start(*arguments)
        said, _nothing = process.communicate(timeout=600)
        assert process.returncode == 0, said[-6000:]
        return said

    def migrate(self) -> None:
        """Make the tables, or copy them where they have been made and kept."""
        if self.environment["DATABASE_URL"] != f"sqlite:///{self._database}" or not begin_migrated(self._database):
            self.manage("migrate", "-v", "0")

    def run(self, code: str) -> str:
        """Run Python code inside; returns what it printed."""
        return self.manage("shell", "-v", "0", "-c", code)


def new_database(postgres_url: str, template: str = "template1") -> str:
    """The address of a new PostgreSQL database: empty, or a copy of the one of that name."""
    name = f"library_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{postgres_url.rpartition('/')[0]}/{name}?application_name=library"


def migrated_database(postgres_url: str, folder: Path) -> str:
    """The name of a migrated database on this server, made for the first who asks; it is to be copied."""
    with psycopg.connect(postgres_url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [MIGRATED]).fetchone():
            fresh = new_database(postgres_url)
            Library(folder, DATABASE_URL=fresh).migrate()
            made = fresh.rpartition("/")[2].partition("?")[0]
            server.execute(f'ALTER DATABASE "{made}" RENAME TO "{MIGRATED}"')
    return MIGRATED


def bucket_account(s3_url: str) -> dict[str, str]:
    """The variables of the tests' S3 server."""
    return {"S3_ENDPOINT_URL": s3_url, "S3_ACCESS_KEY_ID": "testroot", "S3_SECRET_ACCESS_KEY": "testsecret-testsecret"}


def library_on(kind: str, request: pytest.FixtureRequest, folder: Path) -> tuple[Library, str]:
    """A migrated library and an address for its backups: ``local`` is SQLite and a folder, ``server`` PostgreSQL and buckets."""
    if kind == "local":
        library, backups = Library(folder), str(folder / "backup")
        library.migrate()
    else:
        account = bucket_account(request.getfixturevalue("s3_url"))
        name = uuid.uuid4().hex[:8]
        postgres_url = request.getfixturevalue("postgres_url")
        database = new_database(postgres_url, template=migrated_database(postgres_url, folder))
        library = Library(folder, DATABASE_URL=database, MEDIA_STORAGE=f"s3://media-{name}", **account)
        backups = f"s3://backup-{name}/thu-vien"
    return library, backups
