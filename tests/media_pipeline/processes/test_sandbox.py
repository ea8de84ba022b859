"""Children: limits, nothing of ours with them, one that dies alone, none that outlives its parent."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.errors import Damaged, OverLimit
from media_pipeline.processes import fork_client, sandbox
from media_pipeline.processes.sandbox import ProcessLimits, Watch, run, run_python
from media_pipeline.processes.spawn import ChildRequest
from tests.media_pipeline.fixtures import picture_bytes
from tests.waiting import wait_until

linux = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")
LADDER = {"opens_with": "JPEG", "stem": "img", "widths": [200], "qualities": {"jpg": 76}}


@pytest.fixture
def request_(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "source.jpg"
    path.write_bytes(picture_bytes())
    return LADDER | {"path": str(path), "folder": str(tmp_path)}


def server() -> Any:
    assert fork_client._server is not None
    return fork_client._server.process


@linux
def test_children_share_one_server_and_cost_is_counted(request_: dict[str, Any], tmp_path: Path) -> None:
    run_python("picture", request_, folder=tmp_path, limits=ProcessLimits())
    first, watch = server().pid, Watch()
    run_python("picture", request_, folder=tmp_path, limits=ProcessLimits(), watch=watch)
    assert server().pid == first
    assert len(list(Path(f"/proc/{first}/task").iterdir())) == 1, "a fork copies one thread, and with others it would copy their locks"
    assert watch.cpu_seconds > 0
    assert watch.peak_rss > 10_000_000
    assert watch.child is None


@linux
def test_a_server_that_was_killed_is_replaced(request_: dict[str, Any], tmp_path: Path) -> None:
    run_python("picture", request_, folder=tmp_path, limits=ProcessLimits())
    dead = server()
    dead.kill()
    dead.wait()
    assert run_python("picture", request_, folder=tmp_path, limits=ProcessLimits())["outputs"]
    assert server().pid != dead.pid


@pytest.mark.parametrize("forked", [pytest.param(True, marks=linux), False])
def test_a_long_request_arrives_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forked: bool) -> None:
    if not forked:
        monkeypatch.setattr(fork_client, "fork", lambda *_asked: None)
    words = ["word"] * 20_000  # 160 kB of JSON: more than one message and one argument may have
    child = fork_client.start(ChildRequest(tmp_path, {}, None, command=["/bin/echo", *words]))
    with child.stdout, child.stderr:
        assert child.stdout.read().split() == [word.encode() for word in words]
    assert child.wait().returncode == 0


@linux
def test_a_request_that_cannot_be_read_fails_alone(request_: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_python("picture", request_, folder=tmp_path, limits=ProcessLimits())
    process, at_work = server(), fork_client.start(ChildRequest(tmp_path, {}, None, command=["/bin/sleep", "60"]))
    with monkeypatch.context() as cut:
        cut.setattr(ChildRequest, "as_json", lambda _request: "no object")
        child = fork_client.start(ChildRequest(tmp_path, {}, None, arguments=[]))
    assert child.wait().returncode == 1
    assert b"Error" in child.stderr.read()
    assert fork_client._server
    socket.send_fds(fork_client._server.socket, [b"?"], [child.stderr.fileno()])
    assert run_python("picture", request_, folder=tmp_path, limits=ProcessLimits())["outputs"]
    assert server() is process
    os.kill(at_work.pid, signal.SIGTERM)
    assert at_work.wait().returncode == -signal.SIGTERM, "what was at work went on"


@pytest.mark.parametrize("forked", [pytest.param(True, marks=linux), False])
def test_limits_hold_whichever_way_a_child_comes(
    request_: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forked: bool
) -> None:
    if not forked:
        monkeypatch.setattr(fork_client, "fork", lambda *_asked: None)
    Path(request_["path"]).write_bytes(picture_bytes((6000, 6000)))
    with pytest.raises(OverLimit):
        run_python("picture", request_ | {"widths": [6000]}, folder=tmp_path, limits=ProcessLimits(memory=120_000_000))
    with pytest.raises(OverLimit):
        run_python(
            "picture", request_ | {"widths": [6000], "qualities": {"jpg": 76, "avif": 61}}, folder=tmp_path, limits=ProcessLimits(cpu=1)
        )
    Path(request_["path"]).write_bytes(b"\xff\xd8\xff nothing")
    with pytest.raises(Damaged):
        run_python("picture", request_, folder=tmp_path, limits=ProcessLimits())


def test_files_that_were_in_the_folder_before_do_not_count(
    request_: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "FOLDER_EVERY_SECONDS", 0)
    (tmp_path / "large original").write_bytes(bytes(5_000_000))
    slow = [sys.executable, "-c", "import time; open('made', 'wb').write(bytes(1_000_000)); time.sleep(2)"]
    assert run(slow, folder=tmp_path, limits=ProcessLimits(folder=2_000_000)).returncode == 0
    with pytest.raises(OverLimit):
        run(
            [*slow[:2], slow[2].replace("1_000_000", "3_000_000").replace("sleep(2)", "sleep(600)")],
            folder=tmp_path,
            limits=ProcessLimits(folder=1_000_000),
        )


@linux
def test_a_child_gets_no_environment_and_no_open_file(request_: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fork_client.close()
    monkeypatch.setenv("SECRET_KEY", "never-told")
    with (tmp_path / "open-elsewhere").open("w") as ours:
        run_python("picture", request_, folder=tmp_path, limits=ProcessLimits())
        place = Path(f"/proc/{server().pid}")
        assert b"never-told" not in (place / "environ").read_bytes()
        assert ours.name not in {str(each.readlink()) for each in (place / "fd").iterdir()}


_AT_WORK = """
import sys
from pathlib import Path
from media_pipeline.processes.sandbox import ProcessLimits, run_python
folder = Path(sys.argv[1])
asked = {"path": str(folder / "source.jpg"), "opens_with": "JPEG", "folder": str(folder), "stem": "img"}
asked |= {"widths": [6000], "qualities": {"avif": 61}}
run_python("picture", asked, folder=folder, limits=ProcessLimits())
"""


@linux
def test_no_child_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "source.jpg").write_bytes(picture_bytes((6000, 6000)))
    parent = subprocess.Popen([sys.executable, "-c", _AT_WORK, str(tmp_path)])
    wait_until(lambda: bool(_at_work_in(tmp_path)))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not _at_work_in(tmp_path))
    assert _at_work_in(tmp_path) == []
    assert not list(tmp_path.glob("*.answer.json")), "it was killed in its work, not after it"


def _at_work_in(folder: Path) -> list[str]:
    """Processes whose current folder it is."""
    pids = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if (place / "cwd").readlink() == folder:
                pids.append(place.name)
        except OSError:
            continue
    return pids
