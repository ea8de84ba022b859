"""What the Dockerfile, compose and the units say is done here, without containers: a fresh environment, their variables, their commands."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from tests.services.fixtures import free_port
from tests.waiting import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
DEPLOY = PROJECT / "deploy"
GIVEN = {"SECRET_KEY": "Zr4k8mQwXy2NvLpT6sHdGbJcFaUeRiOkWqPzMxYvNtLs7h3gDf9B", "ALLOWED_HOSTS": "thu-vien.example.vn"}
GIVEN |= {"SITE_URL": "https://thu-vien.example.vn", "POSTGRES_PASSWORD": "mat-khau"}
pytestmark = [pytest.mark.slow, pytest.mark.service("postgres")]


class Image:
    """A folder made by the steps of the Dockerfile; commands run in it as in the container."""

    def __init__(self, folder: Path) -> None:
        self.var, self.app, self.python = folder / "var", folder / "app", folder / "venv" / "bin" / "python"
        self.var.mkdir(parents=True)
        lines = (PROJECT / "Dockerfile").read_text().replace(" \\\n", "").splitlines()
        self.steps = [tuple(line.split(" ", 1)) for line in lines if re.match("[A-Z]+ ", line)]
        ignored = [line.strip("/") for line in (PROJECT / ".dockerignore").read_text().split() if not line.startswith("#")]
        shutil.copytree(PROJECT, self.app, ignore=shutil.ignore_patterns(*ignored))
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        defaults = dict(text.split("=", 1) for step, text in self.steps if step == "ARG")
        (install,) = [text for step, text in self.steps if step == "RUN" and text.startswith("pip install")]
        install = re.sub(r"\$\{(\w+)\}", lambda named: defaults[named[1]], install)
        subprocess.run([self.python, "-m", *shlex.split(install)], cwd=self.app, check=True, capture_output=True)

    def environment(self) -> dict[str, str]:
        """The variables of the image, and of the machine only what every process has."""
        (variables,) = [text for step, text in self.steps if step == "ENV"]
        named = dict(pair.split("=", 1) for pair in variables.split())
        return {"PATH": os.environ["PATH"], "HOME": str(self.var)} | named | {"LIBRARY_VAR_DIR": str(self.var)}

    def command(self, words: list[str], port: int) -> list[str]:
        """A command of the container: its Python, this port instead of 8000."""
        here = [re.sub(r"(0\.0\.0\.0|127\.0\.0\.1):8000", f"127.0.0.1:{port}", word) for word in words]
        return [str(self.python), *here[1:]]

    def web(self) -> list[str]:
        """The command of the image."""
        (command,) = [text for step, text in self.steps if step == "CMD"]
        return list(yaml.safe_load(command))


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    return Image(tmp_path_factory.mktemp("image"))


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]


def interpolated(value: str) -> str:
    """A value of the compose file with the variables of deploy/.env."""
    return re.sub(r"\$\{(\w+)(?::\?|:-([^}]*))\}", lambda found: GIVEN.get(found[1], found[2] or ""), value)


@pytest.fixture(scope="module")
def environment(image: Image, services: dict[str, Any], postgres_url: str) -> dict[str, str]:
    """What compose gives to each process, its PostgreSQL that of the tests."""
    name = f"library_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("DO $$ BEGIN CREATE ROLE library LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
        server.execute(f"CREATE DATABASE {name} OWNER library")
    place = postgres_url.partition("@")[2].rpartition("/")[0]
    given = {key: interpolated(str(value)) for key, value in services["web"]["environment"].items()}
    given["DATABASE_URL"] = given["DATABASE_URL"].replace("postgres:5432/library", f"{place}/{name}")
    return image.environment() | given


@contextmanager
def running(command: list[str], image: Image, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A process in the image's folder; asked to stop at the end, which has to be a good end."""
    with (image.var / "said.log").open("ab") as said:
        process = subprocess.Popen(command, cwd=image.app, env=environment, stdout=said, stderr=said, start_new_session=True)
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(300) in {0, -signal.SIGTERM}
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(60)


def asked(port: int, path: str) -> int:
    """The status of an address, asked as the web server in front asks."""
    headers = {"Host": "thu-vien.example.vn", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=120) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def unit(name: str, image: Image, environment: dict[str, str]) -> list[str]:
    """The command of a unit, as systemd reads it: lines joined, %% for %, variables filled in, Python and folder those of the image."""
    text = (DEPLOY / "systemd" / name).read_text().replace("\\\n", " ")
    (line,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
    line = line.replace("/srv/library/app/.venv/bin/python", str(image.python)).replace("%%", "%")
    return [re.sub(r"\$\{(\w+)\}", lambda found: environment[found[1]], word) for word in shlex.split(line)]


def test_the_image_and_the_units_start_web_worker_and_backup(image: Image, services: dict[str, Any], environment: dict[str, str], tmp_path):
    port, second = free_port(), free_port()
    prepared = subprocess.run(
        image.command(services["prepare"]["command"], port), cwd=image.app, env=environment, capture_output=True, text=True, check=False
    )
    assert prepared.returncode == 0, prepared.stdout[-2000:] + prepared.stderr[-4000:]
    web, worker = image.command(image.web(), port), image.command(services["worker"]["command"], port)
    with running(web, image, environment), running(worker, image, environment):
        health = image.command(services["web"]["healthcheck"]["test"][1:], port)
        wait_until(lambda: subprocess.run(health, env=environment, capture_output=True, check=False).returncode == 0)
        assert [asked(port, path) for path in ("/", "/en/", "/readyz", "/admin/login/", "/metrics")] == [200, 200, 200, 200, 404]
    backup = environment | {"BACKUP_ADDRESS": str(tmp_path / "backup")}
    command = [part.replace(":8000", f":{second}") for part in unit("library-web.service", image, environment)]
    with running(command, image, environment), running(unit("library-worker.service", image, environment), image, environment):
        wait_until(lambda: asked(second, "/healthz") == 200)
        assert asked(second, "/") == 200
        for arguments in (["--init"], []):
            subprocess.run([*unit("library-backup.service", image, backup), *arguments], cwd=image.app, env=backup, check=True)
    assert len(list((tmp_path / "backup" / "s").iterdir())) == 2
