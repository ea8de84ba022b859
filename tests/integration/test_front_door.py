"""`make run` as a newcomer meets it: one command, an address and logins, pages, search, a stop that leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.fixtures import free_port
from tests.waiting import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.slow


class Installation:
    """A library on one machine, started from an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.said = ""
        self.port = str(free_port())
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**kept, "LIBRARY_VAR_DIR": str(folder / "var"), "PORT": self.port}
        self.log = folder / "log"
        with self.log.open("w") as log:
            command = [sys.executable, "manage.py", "serve"]
            self.process = subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def wait_until_ready(self, seconds: int = 150) -> str:
        deadline = time.monotonic() + seconds
        while "Ctrl-C" not in (said := self.log.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.5)
        return said

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.read().decode()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)

    def children(self) -> set[int]:
        """Every process below the front door, grandchildren too."""
        return _below(self.process.pid)


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Installation]:
    running = Installation(tmp_path_factory.mktemp("library"))
    try:
        running.said = running.wait_until_ready()
        yield running
    finally:
        if running.process.poll() is None:
            running.process.send_signal(signal.SIGINT)
            running.process.wait(timeout=30)


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | _below(child)
    return found


def _lives(pid: int) -> bool:
    """A zombie lives no more: its parent has only not yet asked."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_says_where_it_is_and_who_may_sign_in(installation):
    said = installation.said
    assert f"http://localhost:{installation.port}/" in said
    assert re.search(r"mật khẩu / password: \S+", said)
    for login in ("dong-gop", "bien-muc", "duyet", "quan-tri"):
        assert login in said


def test_the_starter_collection_is_there_in_both_languages_and_found_without_marks(installation):
    assert "54" in installation.get("/dan-toc/")
    assert '<html lang="en"' in installation.get("/en/")
    assert "<mark>Gầu</mark>" in installation.get("/tim-kiem/?q=le+hoi+gau+tao")


def test_it_is_ready_and_the_doctor_agrees(installation):
    assert json.loads(installation.get("/readyz"))["ready"] is True
    report = json.loads(installation.manage("doctor", "--json").stdout)
    assert report["ok"] is True
    assert {"name", "status", "detail", "effect"} == set(report["checks"][0])
    assert {check["status"] for check in report["checks"]} <= {"ok", "missing", "off"}


def test_a_port_that_is_taken_is_refused_before_anything_is_prepared(installation):
    second = installation.manage("serve")
    assert second.returncode == 1
    assert f"Cổng {installation.port} đang có chương trình khác dùng" in second.stderr
    assert "Ctrl-C" not in second.stdout


def test_preparing_again_changes_nothing(installation):
    done = installation.manage("prepare")
    assert done.returncode == 0, done.stderr
    assert "0 dòng mới, 0 dòng cập nhật" in done.stdout
    assert "0 tư liệu và tệp mới, 0 cập nhật" in done.stdout


def test_one_interrupt_ends_every_process(installation):
    processes = installation.children()
    assert len(processes) >= 4
    installation.process.send_signal(signal.SIGINT)
    assert installation.process.wait(timeout=30) == 0
    wait_until(lambda: not any(_lives(pid) for pid in processes))
