"""`make run`: prepares the library on this machine and runs web and workers until Ctrl-C."""

import hashlib
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from library.health import run_checks
from library.management.processes import GRACE_SECONDS, Supervisor

READY_SECONDS = 60
WAITING_READERS = 1024  # connections that wait to be accepted, at most


class Command(BaseCommand):
    help = "Chuẩn bị thư viện trên máy này rồi chạy trang web và các việc nền."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("serve chỉ dùng trên máy thử; xem docs/operations để chạy máy chủ thật.")
        port = os.environ.get("PORT", "8000")
        if not is_free(port):
            raise CommandError(f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: PORT=8001 make run / Port {port} is taken.")
        prepare_if_changed()
        supervisor = Supervisor(GRACE_SECONDS + 5)  # one of its children has to end its own
        listener = listening_socket(port)
        files = [listener.fileno()] if listener else []
        supervisor.start(web_command(port, *files), files=files)
        supervisor.run(ready=lambda: self.open(supervisor, port))

    def open(self, supervisor: Supervisor, port: str) -> None:
        """Waits for the site, prints its address, then starts the background processes: they must not slow the start of the site."""
        if not site_answers(supervisor, port):
            return
        self.stdout.write("\n".join(["", *start_message(f"http://localhost:{port}"), ""]))
        self.stdout.flush()  # the output may be a file
        supervisor.start([sys.executable, sys.argv[0], "worker"], background=True)


def site_answers(supervisor: Supervisor, port: str) -> bool:
    """Waits for the site's first answer; False when a signal to stop came first. Raises CommandError after READY_SECONDS."""
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(f"http://127.0.0.1:{port}/healthz"):
        if supervisor.stopping:
            return False
        if supervisor.any_ended() or time.monotonic() > deadline:
            raise CommandError(f"Trang web không trả lời ở cổng {port}.")
        time.sleep(0.1)
    return True


def is_free(port: str) -> bool:
    """Whether no program uses the port. Checked first: else the answer of another program would be taken for the site's."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was closed a moment ago counts as free
        try:
            listener.bind(("127.0.0.1", int(port)))
        except (OSError, OverflowError):
            return False
    return True


def prepare_if_changed() -> None:
    """Prepares the installation, unless it was prepared from exactly these files: preparing takes most of the time of a start."""
    stamp, current = settings.VAR_DIR / "prepared-from", fingerprint()
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if database.exists() and stamp.exists() and stamp.read_text() == current:
        return
    call_command("prepare")
    stamp.write_text(current)


def fingerprint() -> str:
    """A hash over path, size and time of change of every file of code, data and templates."""
    digest = hashlib.sha256()
    for folder in ("background", "library", "media_pipeline", "search", "collections", "templates", "requirements"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                facts = path.stat()
                digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def listening_socket(port: str) -> socket.socket | None:
    """The socket that readers connect to. It is this process's: while the web server is started again, readers wait and are not refused.

    None on Windows, whose web server opens its own."""
    return None if os.name == "nt" else socket.create_server(("127.0.0.1", int(port)), backlog=WAITING_READERS)


def web_command(port: str, listener: int | None = None) -> list[str]:
    """The web server's command line: gunicorn on the open socket of this number, or Django's own where gunicorn cannot run (Windows)."""
    if listener is None:
        return [sys.executable, sys.argv[0], "runserver", "--noreload", f"127.0.0.1:{port}"]
    return [
        *[sys.executable, "-m", "gunicorn", "library.wsgi", "--bind", f"fd://{listener}", "--workers", "1", "--threads", "8"],
        *["--worker-class", "gthread", "--log-level", "warning", "--graceful-timeout", "5"],
    ]


def start_message(address: str) -> list[str]:
    """The lines that are printed at the start: addresses, demonstration logins, and which optional tools are missing."""
    from library.accounts.demo import DEMO_PASSWORD, DEMO_USERS

    # Work that waits is no fault yet: workers start after this.
    tools = [check for check in run_checks() if check["status"] == "missing"]
    return [
        "─" * 72,
        f"  Thư viện / Library     {address}/        English: {address}/en/",
        f"  Biên mục / Staff       {address}/admin/",
        f"  Tài khoản thử / Demonstration logins (mật khẩu / password: {DEMO_PASSWORD})",
        *[f"    {user.username:<14} {user.role_vi} / {user.role_en}" for user in DEMO_USERS],
        "  " + ("Mọi công cụ đều có / All optional tools found" if not tools else "Không có trên máy này / Not on this machine:"),
        *[f"    {check['name']}: {check['effect']}" for check in tools],
        "  Dừng: Ctrl-C / Stop: Ctrl-C",
        "─" * 72,
    ]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
