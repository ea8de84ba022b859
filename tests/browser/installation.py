"""An installation as a stranger makes it: ``prepare``, ``createsuperuser``, the server and the worker, each in a process of its own."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.migrated_database import begin_migrated
from tests.services.fixtures import free_port
from tests.waiting import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
ROOT = "goc"
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
        "DATABASE_URL": f"sqlite:///{folder}/library.sqlite3",
        "MEDIA_STORAGE": str(folder / "media"),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "PYTHONPATH": str(PROJECT),
        **settings,
    }


@contextmanager
def empty_installation(folder: Path, **settings: str) -> Iterator[Installation]:
    """Starts it on a free port, with settings of its own; ends its processes, and only these, at the end."""
    port = free_port()
    environment, log = _environment(folder, port, settings), folder / "log.txt"
    begin_migrated(folder / "library.sqlite3")
    for arguments in (["prepare"], ["createsuperuser", "--noinput", "--username", ROOT, "--email", "goc@example.vn"]):
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=PROJECT, env=environment, check=True, capture_output=True, timeout=600
        )
    web = [sys.executable, "-m", "gunicorn", "library.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    worker = [sys.executable, "manage.py", "worker"]
    with log.open("wb") as output:
        processes = [
            subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=output, start_new_session=True)
            for command in (web, worker)
        ]
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until(lambda: _answers(f"{address}/healthz"), 120, what="the server answers")
            yield Installation(address, log)
        finally:
            for process in processes:
                _end(process)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
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
