"""What a child cannot do: read, write, reach, see or start what is not its own, whichever way it comes and whatever confines it."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.checks import programs
from media_pipeline.checks.result import MISSING, OK
from media_pipeline.errors import Damaged, MediaError, Transient
from media_pipeline.processes import access, bubblewrap, confinement, ffmpeg, fork_client, landlock, sandbox, scratch, seccomp, spawn
from media_pipeline.processes.sandbox import ProcessLimits, run, run_python
from tests.media_pipeline.fixtures import picture_bytes

nothing = not confinement.file_protection()
pytestmark = pytest.mark.skipif(nothing, reason="neither Landlock nor bubblewrap here: CHILDREN ARE NOT CONFINED, nothing was tested")
needs_landlock = pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock: not tested")
needs_bubblewrap = pytest.mark.skipif(not bubblewrap.works(), reason="bubblewrap is not installed or may not work here: not tested")
needs_filter = pytest.mark.skipif(not seccomp.available(), reason="no filter of system calls here: not tested")


def through_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "works", lambda: False)


def through_the_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fork_client, "fork", lambda _request: None)


def through_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (fork_client, spawn):
        monkeypatch.setattr(module, "file_protection", lambda: bubblewrap.NAME)


WAYS = [
    pytest.param(through_landlock, marks=needs_landlock, id="forked, Landlock"),
    pytest.param(through_the_launcher, marks=needs_landlock, id="launched, Landlock"),
    pytest.param(through_bubblewrap, marks=needs_bubblewrap, id="bubblewrap"),
]


@pytest.fixture(params=WAYS)
def way(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One way to start and confine a child."""
    request.param(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The child's own."""
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the parent's beside the child's folder, such as ``.env`` or the database."""
    path = tmp_path / "secret"
    path.write_text("never-told")
    return path


_ATTEMPTS = """
import ctypes, json, os, resource, socket, sys
sys.path.clear()
secret, source, parent = sys.argv[1], sys.argv[2], int(sys.argv[3])
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *arguments):
    if getattr(libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)

def memory():
    room = ctypes.create_string_buffer(8)
    class Part(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
    ours, theirs = Part(ctypes.addressof(room), 8), Part(id(room), 8)
    call("process_vm_readv", parent, ctypes.byref(ours), 1, ctypes.byref(theirs), 1, 0)

attempts = {
    "read": lambda: open(secret).read(),
    "list": lambda: os.listdir(os.path.dirname(secret)).index("secret"),
    "environment of the parent": lambda: open(f"/proc/{parent}/environ").read(),
    "memory of the parent": memory,
    "trace the parent": lambda: call("ptrace", 16, parent, 0, 0),
    "signal to the parent": lambda: os.kill(parent, 0),
    "limits of the parent": lambda: resource.prlimit(parent, resource.RLIMIT_NOFILE),
    "append to the source": lambda: open(source, "a").write("changed"),
    "change the rights of the source": lambda: os.chmod(source, 0),
    "link to the secret": lambda: os.link(secret, "linked"),
    "tcp": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "another process": lambda: os._exit(0) if os.fork() == 0 else None,
    "own namespace": lambda: call("unshare", 0x10000000),
}
done = []
for name, attempt in attempts.items():
    try:
        attempt()
        done.append(name)
    except (OSError, ValueError):
        pass
try:
    open(secret, "w").write("changed")
except OSError:
    pass
open("made", "w").write(open(source).read())
descriptors = []
for each in range(3, 256):
    try:
        os.fstat(each)
        descriptors.append(each)
    except OSError:
        pass
print(json.dumps({"done": done, "descriptors": descriptors, "environment": sorted(os.environ)}))
"""


@pytest.mark.usefixtures("way")
@needs_filter
def test_a_child_opens_its_source_and_its_folder_and_nothing_else(
    folder: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "never-told")
    source = tmp_path / "source"
    source.write_text("the source")
    command = [sys.executable, "-I", "-S", "-c", _ATTEMPTS, str(secret), str(source), str(os.getpid())]
    with (tmp_path / "open elsewhere").open("w") as _ours:
        finished = run(command, folder=folder, limits=ProcessLimits(), reads=[source])
    assert finished.returncode == 0, finished.stderr
    answer = json.loads(finished.stdout)
    assert answer["done"] == []
    assert answer["descriptors"] == []
    assert "SECRET_KEY" not in answer["environment"]
    assert (folder / "made").read_text() == "the source"
    assert (secret.read_text(), source.read_text()) == ("never-told", "the source")


@pytest.mark.usefixtures("way")
def test_a_child_leaves_no_link_that_its_parent_would_follow(folder: Path, secret: Path) -> None:
    code = "import os, sys; os.symlink(sys.argv[1], 'result')"
    if fork_client.file_protection() == bubblewrap.NAME:
        pytest.skip("bubblewrap cannot forbid links; results that are links are refused all the same, see below")
    assert run([sys.executable, "-c", code, str(secret)], folder=folder, limits=ProcessLimits()).returncode != 0
    assert not (folder / "result").is_symlink()


@pytest.mark.usefixtures("way")
def test_our_own_code_reads_its_source_only(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "source.jpg"
    picture.write_bytes(picture_bytes())
    request = {"path": str(picture), "opens_with": "JPEG", "folder": str(folder), "stem": "img", "widths": [200], "qualities": {"jpg": 76}}
    assert run_python("picture", request, folder=folder, limits=ProcessLimits())["outputs"]
    monkeypatch.setattr(sandbox, "for_python", lambda own, _sources: access.for_python(own, []))
    with pytest.raises(Damaged, match=r"PermissionError|FileNotFoundError"):
        run_python("picture", request, folder=folder, limits=ProcessLimits())


@pytest.mark.usefixtures("way")
def test_a_playlist_finds_no_neighbour_even_where_the_tool_would_follow_it(
    folder: Path, tmp_path: Path, clips: Callable[..., bytes]
) -> None:
    neighbour = tmp_path / "neighbour.wav"
    neighbour.write_bytes(clips("neighbour.wav", "-f", "lavfi", "-i", "sine=duration=1"))
    (folder / "list.txt").write_text(f"ffconcat version 1.0\nfile '{neighbour}'\n")
    follow = [ffmpeg.binaries()[0], "-f", "concat", "-safe", "0", "-i", "list.txt", "-f", "null", "-"]
    assert run(follow, folder=folder, limits=ProcessLimits()).returncode != 0
    assert run(follow, folder=folder, limits=ProcessLimits(), reads=[neighbour]).returncode == 0, "the trap itself must work"


@pytest.mark.usefixtures("way")
def test_code_that_an_earlier_child_left_in_the_folder_is_not_run_before_the_next_is_confined(folder: Path, secret: Path) -> None:
    for name in ("json", "ctypes", "signal", "media_pipeline", "sitecustomize"):
        (folder / f"{name}.py").write_text(f"open({str(secret)!r}, 'w').write('changed')")
    assert run(["/bin/true"], folder=folder, limits=ProcessLimits()).returncode == 0
    assert secret.read_text() == "never-told"


@pytest.mark.usefixtures("way")
def test_a_program_that_is_not_there_is_our_fault_and_not_the_files(folder: Path) -> None:
    absent = replace(access.for_program("/bin/true", folder, []), execute=())
    child = fork_client.start(spawn.ChildRequest(folder, ProcessLimits().enforced(), absent, command=["/bin/absent"]))
    with pytest.raises(MediaError) as error:
        sandbox._supervise(child, folder, ProcessLimits(), sandbox.Watch())
    assert error.value.code == "bug"


@pytest.fixture
def planted(folder: Path, secret: Path) -> Iterator[Path]:
    """A result of a child that is a link to a secret."""
    path = folder / "result.jpg"
    path.symlink_to(secret)
    yield path


@pytest.mark.parametrize("where", ["outside", "link", "above", "pipe"])
def test_a_result_is_a_plain_file_of_the_childs_folder(folder: Path, secret: Path, planted: Path, where: str) -> None:
    os.mkfifo(folder / "pipe")
    paths = {"outside": secret, "link": planted, "above": folder / ".." / "secret", "pipe": folder / "pipe"}
    with pytest.raises(Transient) as error:
        scratch.own_file(folder, str(paths[where]))
    assert error.value.code == "bad_output"


@needs_landlock
def test_a_network_of_its_own_is_used_where_calls_cannot_be_filtered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not confinement._can_leave_the_network():
        pytest.skip("nobody may make a namespace here: not tested")
    code = (
        "import socket, sys; sys.path[:0] = sys.argv[1:]\n"
        "from media_pipeline.processes import confinement, landlock, seccomp\n"
        "seccomp.available = lambda: False\n"
        "landlock.abi = lambda: 0\n"
        "confinement.confine(None)\n"
        "print(socket.if_nameindex())\n"
        "try: socket.create_connection(('127.0.0.1', 9), 1)\n"
        "except OSError as error: print(error.strerror)"
    )
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", code, str(spawn.PROJECT), *spawn.PACKAGES], cwd=folder, capture_output=True, text=True, timeout=60
    )
    assert "Network is unreachable" in done.stdout, done.stderr


def test_doctor_says_what_confines_children_and_tries_it() -> None:
    line = programs.confinement()
    assert line.status == OK, line
    assert confinement.file_protection() in line.detail


def test_doctor_warns_where_nothing_confines_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "file_protection", lambda: "")
    line = programs.confinement()
    assert line.status == MISSING
    assert line.effect
