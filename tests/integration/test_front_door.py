"""`make run` as a newcomer meets it: one command, an address and logins, pages, search, a stop that leaves nothing behind."""

import gzip
import http.client
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

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
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        bare = str(Path(sys.executable).parent)  # no ffmpeg, no tesseract: what pip installed, and nothing of the system
        self.environment = {**kept, "PATH": bare, "LIBRARY_VAR_DIR": str(folder / "var"), "PORT": self.port}
        self.log = folder / "log"
        with self.log.open("w") as log:
            command = [sys.executable, "manage.py", "serve"]
            self.process = subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def wait_until_ready(self) -> str:
        wait_until(lambda: "Ctrl-C" in self.log.read_text() or self.process.poll() is not None, 900, every=0.5)
        said = self.log.read_text()
        assert self.process.poll() is None, said
        return said

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=120) as answer:
            return answer.read().decode()

    def sent(self, path: str, encoding: str) -> bytes:
        """The body as it goes over the line to a browser that accepts this encoding."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": encoding})
        with urllib.request.urlopen(request, timeout=120) as answer:
            assert answer.headers["Content-Encoding"] == encoding
            return answer.read()

    def shell(self, code: str) -> str:
        """What a line of Python prints inside the installation."""
        return self.manage("shell", "-v", "0", "-c", code).stdout

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)

    def below(self, word: str, *, direct: bool) -> set[int]:
        """Living processes with this word in their names: children of the front door, or only their own children."""
        children = _children(self.process.pid)
        pids = children if direct else {pid for child in children for pid in _children(child)}
        return {pid for pid in pids if _lives(pid) and word in _names(pid)}

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
            running.process.wait(timeout=300)


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for child in _children(pid):
        found |= {child} | _below(child)
    return found


def _children(pid: int) -> set[int]:
    try:
        return {int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()}
    except OSError:  # it has just ended
        return set()


def _names(pid: int) -> str:
    """The command line, and what ps calls the process: a copy of another has its command line."""
    return "".join(Path(f"/proc/{pid}/{name}").read_text() for name in ("cmdline", "comm"))


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


def test_it_names_only_what_no_python_package_brings(installation):
    listed = installation.said.partition("Not on this machine:")[2]
    assert "tesseract" in listed
    assert not re.search("ffmpeg|pyvips|libvips|AV1", listed)


def test_a_film_plays_on_a_machine_without_ffmpeg(installation):
    film = "from media_pipeline.models import Asset; asset = Asset.objects.filter(kind='video').earliest('pk')"
    wait_until(lambda: "ready" in installation.shell(f"{film}; print(asset.state)"), every=2)
    address = installation.shell(f"{film}; from media_pipeline.available_renditions import url_of; print(url_of(asset, 'hls'))").strip()
    playlists = [line for line in installation.get(address).splitlines() if line and not line.startswith("#")]
    assert playlists
    assert all("#EXTINF" in installation.get(urljoin(address, name)) for name in playlists)


def test_what_a_page_says_of_its_weight_is_what_is_sent(installation):
    page = installation.sent("/", "gzip")
    text = gzip.decompress(page).decode()
    stylesheet = re.search(r'href="?(/static/css/site\.[0-9a-f]+\.css)', text)
    assert stylesheet, "the stylesheet has no hashed name"
    said = re.search(r"Trang này nặng (\d+) KB; kiểu chữ và hoa văn chung (\d+) KB", text)
    assert said
    sent = (page, installation.sent(stylesheet.group(1), "gzip"))
    assert [int(number) for number in said.groups()] == pytest.approx([len(body) / 1000 for body in sent], abs=0.7)


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


ROLES = {
    "web master": lambda site: site.below("gunicorn", direct=True),
    "web worker": lambda site: site.below("gunicorn", direct=False),
    "background": lambda site: site.below("manage.py", direct=True),
    "media worker": lambda site: site.below("media_worker", direct=False),
    "index worker": lambda site: site.below("index_worker", direct=False),
    "worker of tasks": lambda site: site.below("db_worker", direct=False),
}
PAGES = ["/", "/dan-toc/", "/tu-lieu/", "/tim-kiem/?q=le+hoi+gau+tao", "/lich-le-hoi/"]
KILL_ROUNDS = int(os.environ.get("KILL_ROUNDS", "1"))


class Reader(threading.Thread):
    """Asks for one page after another until it is told to stop. A page that fails is asked for once more when the site is up again."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(daemon=True)
        self.installation, self.stop = installation, threading.Event()
        self.pages, self.failed, self.lost = 0, 0, list[str]()

    def run(self) -> None:
        for page in itertools.cycle(PAGES):
            if self.stop.is_set():
                return
            self.pages += 1
            if not self.read(page):
                self.failed += 1
                wait_until(lambda: self.read("/healthz"), every=0.5, what="the site is up again")
                if not self.read(page):
                    self.lost.append(page)

    def read(self, page: str) -> bool:
        try:
            return bool(self.installation.get(page))
        except OSError:  # HTTP errors, refused and broken connections
            return False
        except http.client.HTTPException:
            return False


@pytest.mark.parametrize("role", ROLES)
def test_a_killed_process_comes_back_and_readers_need_one_retry_at_most(installation, role):
    readers = [Reader(installation) for _number in range(2)]
    for reader in readers:
        reader.start()
    for _round in range(KILL_ROUNDS):
        wait_until(lambda: ROLES[role](installation), what=f"a {role}")
        killed = ROLES[role](installation)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda killed=killed: ROLES[role](installation) - killed, what=f"a new {role}")
        seen = [reader.pages for reader in readers]
        wait_until(lambda seen=seen: all(now.pages > then + 3 for now, then in zip(readers, seen, strict=True)))
    for reader in readers:
        reader.stop.set()
        reader.join(300)
    assert [reader.lost for reader in readers] == [[], []]
    print(f"{role}: {sum(reader.failed for reader in readers)} of {sum(reader.pages for reader in readers)} pages needed a retry")
    assert installation.process.poll() is None


def test_after_all_these_deaths_the_doctor_finds_nothing(installation):
    report = json.loads(installation.manage("doctor", "--json").stdout)
    assert report["ok"] is True, report


def test_one_interrupt_ends_every_process(installation):
    processes = installation.children()
    assert len(processes) >= 4
    installation.process.send_signal(signal.SIGINT)
    assert installation.process.wait(timeout=300) == 0
    wait_until(lambda: not any(_lives(pid) for pid in processes))
