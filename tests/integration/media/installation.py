"""A throw-away installation of the pipeline alone, driven through real processes: workers that can be killed for good."""

import atexit
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from tests.waiting import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent.parent
DATABASE = "db.sqlite3"

_PRELUDE = """
import json, sys, django
django.setup()
from media_pipeline import models
"""


class Installation:
    """Database, storage and scratch below one folder (or elsewhere by ``env``); every call is a process of its own."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.integration.media.settings",
            "LIBRARY_VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder}/{DATABASE}",
            "MEDIA_STORAGE": str(folder / "media"),
            "MEDIA_SCRATCH": str(folder / "scratch"),
            "MEDIA_LEASE_SECONDS": "120",  # no worker is taken for dead because the machine is slow: see kill
            "FFMPEG_THREADS": "1",  # with more, equal work gives other bytes now and then
            "PYTHONPATH": str(PROJECT),
        }
        self.env |= env
        if "DATABASE_URL" in env:
            self.migrate()
        else:
            shutil.copytree(_migrated(), folder, dirs_exist_ok=True)

    def migrate(self) -> None:
        """Makes the tables of the pipeline and of what it stands on, and the storage."""
        migrate = "from django.core.management import call_command as c; [c('migrate', app, verbosity=0) for app in sys.argv[1:]]"
        self.call(migrate, "media_pipeline", "background", "accounts")

    def call(self, code: str, *arguments: str) -> Any:
        """Run code in the installation; what it prints as its last line is JSON."""
        command = [sys.executable, "-c", _PRELUDE + code, *arguments]
        finished = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=600)
        assert finished.returncode == 0, finished.stderr[-3000:]
        return json.loads(finished.stdout.splitlines()[-1]) if finished.stdout.strip() else None

    def ingest(self, path: Path) -> None:
        """Take a file in, acknowledged when this returns."""
        self.call("from media_pipeline.intake.ingest import ingest; ingest(open(sys.argv[1], 'rb'), 'tệp')", str(path))

    def worker(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a worker in a session of its own."""
        log = (self.folder / "worker.log").open("ab")
        command = [sys.executable, "-m", "django", "media_worker", *arguments]
        return subprocess.Popen(command, env=self.env, stdout=log, stderr=log, start_new_session=True)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Read the database directly: a process for every look would disturb what is watched."""
        return self._execute(sql)

    def _execute(self, sql: str) -> list[dict[str, Any]]:
        if url := self.env["DATABASE_URL"].startswith("postgresql") and self.env["DATABASE_URL"]:
            with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
                return connection.execute(sql).fetchall()
        with closing(sqlite3.connect(self.folder / DATABASE, timeout=60)) as connection, connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]

    def jobs(self) -> list[dict[str, Any]]:
        """Every job as it is now."""
        columns = "kind, state, attempts, error_code, progress, lease_token, pid, worker"
        return self.rows(f"SELECT {columns} FROM media_pipeline_mediajob ORDER BY id")

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        """The only worker dies for good, and the lease of its job is over."""
        end(worker, signal.SIGKILL)
        self.let_leases_end()

    def let_leases_end(self) -> None:
        """As if every worker had been silent for long."""
        self._execute("UPDATE media_pipeline_mediajob SET lease_until = '2000-01-01 00:00:00' WHERE state = 'running' RETURNING id")

    def wait_until(self, condition: Any) -> float:
        """Wait until the condition on the jobs holds; returns the seconds it took."""
        try:
            return wait_until(lambda: condition(self.jobs()), every=0.2)
        except AssertionError as late:
            log = (self.folder / "worker.log").read_text("utf-8", "replace")[-3000:]
            raise AssertionError(f"{late} {self.jobs()}\n{log}") from late

    def audit(self) -> dict[str, Any]:
        """What must always hold: rows with their bytes, no double current name, nothing in scratch, no file without a row."""
        return self.call(_AUDIT)


@cache
def _migrated() -> Path:
    """A folder with migrated tables and an empty storage, made once for all tests of a run; it goes when the run ends."""
    kept = tempfile.TemporaryDirectory(prefix="library-pipeline-")
    folder = Path(kept.name)
    atexit.register(kept.cleanup)
    Installation(folder, DATABASE_URL=f"sqlite:///{folder}/{DATABASE}")
    return folder


_AUDIT = """
import hashlib
from collections import Counter
from media_pipeline.processes import scratch
from media_pipeline.storage import main_storage
storage = main_storage()
bad = []
keys = set()
for blob in models.Blob.objects.all():
    keys.add(blob.key)
    data = b"".join(storage.stream(blob.key))
    if hashlib.sha256(data).hexdigest() != blob.sha256 or len(data) != blob.size:
        bad.append(blob.key)
files = {each.key for prefix in ("o/", "d/") for each in storage.walk(prefix)}
current = models.Derivative.objects.filter(state="current")
names = Counter(current.values_list("asset", "name"))
print(json.dumps({
    "bad": bad, "without_row": sorted(files - keys), "without_file": sorted(keys - files),
    "double": [name for name, count in names.items() if count > 1],
    "scratch": [each.name for each in scratch.area(scratch.JOBS).iterdir()],
    "hashes": sorted(f"{each.name} {each.blob.sha256}" for each in current.select_related("blob")),
    "states": sorted(models.Asset.objects.values_list("state", flat=True)),
}))
"""


def end(process: "subprocess.Popen[bytes]", number: int = signal.SIGTERM) -> int:
    """Send a signal to one worker and wait for its end."""
    process.send_signal(number)
    return process.wait(300)


def children_named(name: str, folder: Path) -> list[int]:
    """Numbers of running processes of that program that work below the folder; dead ones that nobody has buried do not count."""
    pids = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().split(b"\0")
            state = (place / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z" and words[0].endswith(name.encode()) and any(str(folder).encode() in word for word in words):
            pids.append(int(place.name))
    return pids
