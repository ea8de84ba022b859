"""Readers who take an answer away one byte a second, through a real socket, from a server that has one thread."""

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection

from search.indexing import outbox
from tests.factories import make_record
from tests.integration.search.searching import fresh
from tests.services.fixtures import free_port
from tests.waiting import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
WORDS = "Hội làng mở ra bên suối, người già kể chuyện, trai gái hát đối. " * 60
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class SlowReader(threading.Thread):
    """Asks for one page and reads a byte a second until the server ends the connection or ``stop`` is set."""

    def __init__(self, port: int, address: str) -> None:
        super().__init__(daemon=True)
        self.bytes_read, self.stop = 0, threading.Event()
        self.line = socket.socket()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)  # the machine takes no more than the reader does
        self.line.connect(("127.0.0.1", port))
        self.line.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())

    def run(self) -> None:
        with self.line:
            while not self.stop.wait(1 if self.bytes_read else 0):
                self.bytes_read += len(self.line.recv(1))


@pytest.fixture
def server(settings, tmp_path) -> Iterator[int]:
    """The port of a web server over the database and index of this test."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    fresh()
    call_command("ensure_index", verbosity=0)
    for number in range(60):
        make_record(f"Hội {number}", summary_vi=WORDS)
    outbox.drain_all()
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "library.settings.test",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "LIBRARY_VAR_DIR": str(tmp_path),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONPATH": str(PROJECT),
    }
    command = [sys.executable, "-m", "gunicorn", "tests.integration.impatient_server", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--threads", "1", "--worker-class", "gthread"], cwd=PROJECT, env=environment)
    try:
        wait_until(lambda: _answers(port), what="the server answers")
        yield port
    finally:
        process.terminate()
        process.wait(300)
        fresh()


def _answers(port: int) -> bool:
    try:
        return _size(port, "/healthz") > 0
    except OSError:
        return False


def _size(port: int, address: str) -> int:
    """Bytes of a page, for an ordinary reader. Raises OSError where it is refused or takes five minutes."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=300) as answer:
        return len(answer.read())


@pytest.mark.skipif(
    "sqlite" not in django_settings.DATABASES["default"]["ENGINE"], reason="the server opens the file of the test's database"
)
@pytest.mark.parametrize("address", ["/tim-kiem/xuat/json/?q=", "/tim-kiem/xuat/csv/?q=", "/sitemap-ban-ghi.xml"])
def test_a_reader_of_a_byte_a_second_loses_the_thread_and_others_are_served(server: int, address: str):
    slow = SlowReader(server, address)
    slow.start()
    try:
        wait_until(lambda: slow.bytes_read, what="the answer begins")
        whole = _size(server, address)  # the only thread, and the only turn, are free again
        assert whole > 20_000
        assert slow.bytes_read < whole / 10
        assert _size(server, "/healthz") == len("ok\n")
    finally:
        slow.stop.set()
        slow.join(10)
