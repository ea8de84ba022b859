"""make bench-pages: whole pages of a running site while four readers ask and one officer saves; the smallest answer is the floor.

python -m tests.bench.pages [--records 100000] [--seconds 30] [--pause 0] [--keep FOLDER]

``--pause`` is what the officer rests between two saves, in seconds; none is an import at full speed. The site is the starter collection
with the embedded index, four web processes, the index worker running; on SQLite, or on the empty database of ``DATABASE_URL``.
With ``--records`` the collection is multiplied to that number (``large_library``) and measured again in the same run. First one reader
asks alone (``page_queries``): the number of queries, and CPU without the waiting; then four readers for ``--seconds`` the public pages,
and for as long the lists and choosers of the staff.

``--keep`` leaves both libraries in a folder; the next run there brings them up to date instead of making them anew. On SQLite only.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from library.management.processes import lower_priority
from tests.bench.page_addresses import PAGES, PUBLIC, STAFF
from tests.bench.search import Times, measure_of
from tests.services.fixtures import free_port

READERS = 4
WARMING = 2  # rounds: each of the web processes has to learn
SAVE_FOR_EVER = """
import itertools, time
from library.records.models import Record
from library.records.actions.publish import publish
for number, pk in enumerate(itertools.cycle(list(Record.objects.filter(live=True).values_list("pk", flat=True)[:50]))):
    record = Record.objects.get(pk=pk)
    record.summary_en = f"Saved {{number}}"
    publish(record)
    time.sleep({pause})
"""


ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "library.settings.dev", "LOG_LEVEL": "ERROR", "REQUEST_LIMITS": "off"}
MANAGE = [sys.executable, "manage.py"]
FILL = "from tests.bench.large_library import fill; fill({records})"
LOG = "from tests.bench.large_library import log_publications; log_publications()"
REFRESH = "from library.operations.statistics import refresh_statistics; refresh_statistics()"
# A bare site: Django and Wagtail with their own applications and nothing of ours, ready to answer.
BARE = """
import django, resource
from django.conf import settings
settings.configure(SECRET_KEY="x", ROOT_URLCONF="wagtail.admin.urls", USE_TZ=True, WAGTAIL_SITE_NAME="", WAGTAILADMIN_BASE_URL="",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, STATIC_URL="/s/",
    INSTALLED_APPS=["wagtail.users", "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin",
    "wagtail.sites", "wagtail", "modelcluster", "taggit", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles"])
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
from django.urls import get_resolver
get_resolver().url_patterns
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@dataclass(frozen=True, slots=True)
class Measures:
    """What one size of the library gave. ``alone``: page of a reader → queries, ms of CPU; ``busy``: page → times under four readers."""

    alone: dict[str, tuple[int, float]]
    busy: dict[str, Times]


def main() -> None:
    """Prepare a site, ask, print; with ``--records`` fill it, do the same again and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=0)
    options.add_argument("--seconds", type=float, default=30.0)
    options.add_argument("--pause", type=float, default=0.0)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    if given.keep and os.environ.get("DATABASE_URL"):
        options.error("a database of a server is not kept: --keep works on SQLite only")
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as folder:
        _measure(given, Path(folder))


def _measure(given: argparse.Namespace, folder: Path) -> None:
    few_folder, many_folder = folder / "starter", folder / f"records-{given.records}"
    environment = _environment(few_folder)
    memory = {"floor: bare Django and Wagtail": int(_run(sys.executable, "-c", BARE, env=environment))}
    _run(*MANAGE, "prepare", env=environment)
    _run(*MANAGE, "shell", "-v", "0", "-c", LOG, env=environment)
    memory["media worker, starter collection"] = _peak_of(environment, "media_worker", "--once")
    _run(*MANAGE, "index_worker", "--once", env=environment)  # searches by kind of file find what was just made
    few = _measured(environment, given, memory, "starter collection")
    _print(given, "starter collection", few, few)
    if given.records:
        environment = _environment(many_folder)
        _fill(environment, given.records, memory, few_folder, many_folder)
        many = _measured(environment, given, memory, f"{given.records:,} records")
        _print(given, f"{given.records:,} records", few, many)
    print("peak memory, MB: " + ", ".join(f"{name} {megabytes}" for name, megabytes in memory.items()))


def _environment(folder: Path) -> dict[str, str]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return {**os.environ, **ENVIRONMENT, "LIBRARY_VAR_DIR": str(folder.resolve())}


def _fill(environment: dict[str, str], records: int, memory: dict[str, int], few_folder: Path, folder: Path) -> None:
    """The library multiplied; one that was kept from an earlier run has its tables and its statistics brought up to date."""
    if folder.exists():
        for command in (["migrate", "-v", "0"], ["load_authorities"], ["shell", "-v", "0", "-c", REFRESH]):
            _run(*MANAGE, *command, env=environment)
    else:
        shutil.copytree(few_folder, folder)
        started = time.monotonic()
        _run(*MANAGE, "shell", "-v", "0", "-c", FILL.format(records=records), env=environment)
        print(f"filled in {time.monotonic() - started:.0f} s")
    started = time.monotonic()
    memory["rebuild of the index"] = _peak_of(environment, "rebuild_index")
    seconds = time.monotonic() - started
    print(f"index built from the database in {seconds:.0f} s, {records / seconds:,.0f} records/s", flush=True)


def _print(given: argparse.Namespace, size: str, few: Measures, many: Measures) -> None:
    print(f"{size}; load of the machine {os.getloadavg()[0]:.1f}")
    print(f"one reader, nothing else: queries, and ms of CPU of all addresses together\n{'':<44} {'before':>12} {'now':>12} {'×':>6}")
    for name, (queries, milliseconds) in many.alone.items():
        before, was = few.alone[name]
        print(f"{name:<44} {before:>3} {was:>8.1f} {queries:>3} {milliseconds:>8.1f} {milliseconds / was:>6.2f}")
    print(f"{READERS} readers, one writer who rests {given.pause:g} s between saves, {given.seconds:.0f} s\n{Times.HEAD}")
    for name, times in many.busy.items():
        print(replace(times, ratios=f"{times.p50 / few.busy[name].p50:>7.2f} {times.p95 / few.busy[name].p95:>7.2f}"))
    sys.stdout.flush()


def _measured(environment: dict[str, str], given: argparse.Namespace, memory: dict[str, int], size: str) -> Measures:
    """One reader alone, then the public pages and the staff's pages under load; peak memory of web and index worker into ``memory``."""
    alone = json.loads(_run(sys.executable, "-m", "tests.bench.page_queries", env=environment))
    taken: dict[str, list[float]] = {}
    with _site(environment, given.pause) as (address, web, worker):
        for pages in (PUBLIC, STAFF):
            asked = _addresses(pages, alone["cookies"])
            for _round in range(WARMING):
                for choices in asked.values():
                    for cookie, path in choices:
                        _get(address + path, cookie)
            taken |= _ask(address, asked, given.seconds)
        memory[f"web process, {size}"] = max(map(_peak, _children(web)))
        memory[f"index worker, {size}"] = _peak(worker)
    busy = {name: measure_of(f"{name} ({len(times)})", times) for name, times in taken.items()}
    return Measures(alone["pages"], busy)


def _addresses(pages: dict[str, list[str]], cookies: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Page → who may ask for it, as the cookie of a session, and for which address."""
    asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for page, login, addresses in PAGES.values():
        if page in pages:
            asked[page] += [(cookies[login], path) for path in addresses]
    return asked


@contextmanager
def _site(environment: dict[str, str], pause: float) -> Iterator[tuple[str, int, int]]:
    """Address, process of the web server, process of the index worker."""
    port = str(free_port())
    web = [sys.executable, "-m", "gunicorn", "library.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "4", "--threads", "4"]
    commands = [web, [*MANAGE, "index_worker"], [*MANAGE, "shell", "-v", "0", "-c", SAVE_FOR_EVER.format(pause=pause)]]
    running = [subprocess.Popen(each, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for each in commands]
    lower_priority(running[1].pid)  # as `manage.py worker` starts it
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            time.sleep(0.2)
        yield address, running[0].pid, running[1].pid
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(60)  # gunicorn lets the last requests end


def _run(*command: str, env: dict[str, str]) -> str:
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def _peak_of(environment: dict[str, str], *command: str) -> int:
    """Peak memory of a command of manage.py, in MB."""
    process = subprocess.Popen([*MANAGE, *command], env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss // 1024


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def _ask(address: str, asked: dict[str, list[tuple[str, str]]], seconds: float) -> dict[str, list[float]]:
    """Milliseconds by kind of page; every reader asks for the next page as soon as the last one came.

    When the time is over, they ask for what none of them has asked for yet: every page is measured.
    """
    taken: dict[str, list[float]] = {name: [] for name in asked}
    until = time.monotonic() + seconds

    def read(seed: int) -> None:
        choose = random.Random(seed)
        while pages := [name for name in asked if time.monotonic() < until or not taken[name]]:
            name = choose.choice(pages)
            cookie, path = choose.choice(asked[name])
            started = time.perf_counter()
            _get(address + path, cookie)
            taken[name].append((time.perf_counter() - started) * 1000)

    readers = [threading.Thread(target=read, args=(seed,)) for seed in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return taken


def _get(url: str, cookie: str = "") -> None:
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie}), timeout=60) as answer:
        answer.read()


def _answers(address: str) -> bool:
    try:
        _get(f"{address}/healthz")
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
