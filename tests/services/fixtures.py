"""Real services for the tests. One that is missing fails where REQUIRE_SERVICES is set and skips elsewhere, with the reason.

A service whose address is in the environment is used as it is: ELASTICSEARCH_URL, TEST_DATABASE_URL, REDIS_URL, S3_ENDPOINT_URL.
Every process of a run starts its own, but Elasticsearch, which costs a minute of two cores: there is one in SERVICES_DIR for a whole run.
What was used and what was not is printed at the end of ``make test`` (``note`` below, tests/run.sh).
"""

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ADDRESS_IN = {
    "elasticsearch": "ELASTICSEARCH_URL",
    "postgres": "TEST_DATABASE_URL",
    "redis": "REDIS_URL",
    "s3": "S3_ENDPOINT_URL",
    "toxiproxy": "TOXIPROXY_URL",
}


def note(name: str, outcome: str) -> None:
    """Leaves what became of a service where tests/run.sh prints it last; each process of a run writes its own line."""
    report = os.environ.get("SERVICE_REPORT")
    if report:
        with Path(report).open("a", encoding="utf-8") as lines:
            lines.write(f"{name}\t{outcome}\n")


def unavailable(name: str, why: str) -> None:
    """Fails the test where services are required, skips it elsewhere, and says so at the end of the run."""
    note(name, f"NOT AVAILABLE: {' '.join(why.split())[-200:]}")
    required = os.environ.get("REQUIRE_SERVICES") == "1"
    (pytest.fail if required else pytest.skip)(f"{name} is not available: {why}")


def _start(name: str, data: Path, **env: str) -> str:
    """Start one service in a folder and return what the script prints last: a port, or an address."""
    script = HERE / "elasticsearch" / "start.sh" if name == "elasticsearch" else HERE / f"{name}.sh"
    command = [str(script), str(data)] if name == "elasticsearch" else [str(script), "start"]
    done = subprocess.run(
        command, env={**os.environ, "DATA": str(data), **env}, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1200
    )
    if done.returncode:
        unavailable(name, done.stderr.strip()[-800:] or f"exit code {done.returncode}")
    return done.stdout.split()[-1]


def _stop(name: str, data: Path) -> None:
    script = HERE / "elasticsearch" / "stop.sh" if name == "elasticsearch" else HERE / f"{name}.sh"
    command = [str(script), str(data)] if name == "elasticsearch" else [str(script), "stop"]
    subprocess.run(command, env={**os.environ, "DATA": str(data)}, check=False, timeout=300)


@pytest.fixture(scope="session")
def service_root() -> Iterator[Path]:
    """A folder that the users postgres and nobody may enter; pytest's own are closed to them."""
    root = Path(tempfile.mkdtemp(prefix="svc-"))
    root.chmod(0o755)
    yield root
    shutil.rmtree(root, ignore_errors=True)


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    """Two processes may want the service of a folder at once: the second finds what the first has started."""
    with data.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _service(name: str, address: Callable[[str], str]) -> Callable[..., Iterator[str]]:
    @pytest.fixture(scope="session", name=f"{name}_url")
    def fixture(service_root: Path) -> Iterator[str]:
        given = os.environ.get(ADDRESS_IN[name])
        if given:
            note(name, f"used, given in {ADDRESS_IN[name]}")
            yield given
            return
        run = os.environ.get("SERVICES_DIR") if name == "elasticsearch" else None
        data = Path(run or service_root) / name
        ports = {"ES_PORT": str(free_port())}  # two processes of a run must not both want the usual one
        with _one_at_a_time(data):
            url = address(_start(name, data, **ports))
        note(name, "used, started here")
        yield url
        if not run:  # tests/run.sh stops what all its processes used
            _stop(name, data)

    return fixture


elasticsearch_url = _service("elasticsearch", lambda url: url)
postgres_url = _service("postgres", lambda port: f"postgresql://test@127.0.0.1:{port}/postgres")
redis_url = _service("redis", lambda port: f"redis://127.0.0.1:{port}/0")
s3_url = _service("s3", lambda port: f"http://127.0.0.1:{port}")
toxiproxy_url = _service("toxiproxy", lambda port: f"http://127.0.0.1:{port}")


@contextmanager
def nginx(root: Path, *, upstream: str, media: Path, s3: str = "127.0.0.1:1") -> Iterator[str]:
    """The address of a web server in front of an application. It is no service that runs require: without it the test says so."""
    if not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        note("nginx", "NOT AVAILABLE: apt-get install nginx-light")
        pytest.skip("nginx is not on this machine; the accel way was not tested")
    data = root / f"nginx-{free_port()}"
    address = f"http://127.0.0.1:{_start('nginx', data, UPSTREAM=upstream, MEDIA=str(media), S3=s3)}"
    note("nginx", "used, started here")
    try:
        yield address
    finally:
        _stop("nginx", data)


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
