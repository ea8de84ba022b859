"""An installation as a stranger makes it: ``prepare``, ``createsuperuser``, the server and the worker, each in a process of its own.

What the first two make is made once in a run and copied for each walk.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.migrated_database import begin_migrated
from tests.services.fixtures import free_port
from tests.waiting import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
ROOT = "goc"
DATABASE = "library.sqlite3"
PASSWORD = "hoa-ban-tren-nui-2026"


@dataclass(frozen=True)
class Installation:
    """Where the server answers, and the log of what its processes said."""

    url: str
    log: Path


def _environment(folder: Path, port: int, settings: dict[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "library.settings.test",
        "LIBRARY_VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/{DATABASE}",
        "MEDIA_STORAGE": str(folder / "media"),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "PYTHONPATH": str(PROJECT),
        **settings,
    }


def _prepared(run: Path) -> Path:
    """What ``prepare`` and ``createsuperuser`` make, in the folder of the run: the process that comes first makes it, others wait for it.

    No setting of a walk changes it.
    """
    made = run / "prepared"
    with (run / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = Path(tempfile.mkdtemp(dir=run))
            begin_migrated(unfinished / DATABASE)
            environment = _environment(unfinished, 0, {})
            _manage(environment, "prepare")
            _manage(environment, "createsuperuser", "--noinput", "--username", ROOT, "--email", "goc@example.vn")
            unfinished.rename(made)
    return made


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=PROJECT, env=environment, check=True, capture_output=True, timeout=600)


@contextmanager
def empty_installation(folders: pytest.TempPathFactory, **settings: str) -> Iterator[Installation]:
    """Starts it on a free port, with settings of its own; ends its processes, and only these, at the end."""
    port, folder, own = free_port(), folders.mktemp("installation"), folders.getbasetemp()
    environment, log = _environment(folder, port, settings), folder / "log.txt"
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # the processes of a run have their folders in one
    shutil.copytree(_prepared(run), folder, dirs_exist_ok=True)
    web = [sys.executable, "-m", "gunicorn", "library.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    worker = [sys.executable, "manage.py", "worker"]
    with log.open("wb") as output:
        processes = [
            subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=output, start_new_session=True)
            for command in (web, worker)
        ]
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until(lambda: _answers(f"{address}/healthz"), what="the server answers")
            yield Installation(address, log)
        finally:
            for process in processes:
                _end(process)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to end, and ends its whole session when it does not."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
