"""make bench-pages: whole pages of a running site while four readers ask and one officer saves; the smallest answer is the floor.

python -m tests.bench.pages [--records 100000] [--seconds 30] [--pause 0]

``--pause`` is what the officer rests between two saves, in seconds; none is an import at full speed. The site is the starter collection
with the embedded index, four web processes, the index worker running; on SQLite, or on the empty database of ``DATABASE_URL``.
With ``--records`` the collection is multiplied to that number (``large_library``) and measured again in the same run.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from library.management.processes import lower_priority
from tests.bench.search import Times, measure_of
from tests.services.fixtures import free_port

READERS = 4
WARMING = 3  # rounds
WORDS = ("lễ hội", "le hoi gau tao", "đàn tính", "nghe det lanh", "Mông", "nguoi Gia Rai", "chợ phiên", "dan ca quan ho Bac Ninh", "khen")
PAGES = {
    "floor: healthz": ["/healthz"],
    "search": [f"/tim-kiem/?q={quote(words)}" for words in WORDS],
    "search, narrowed": [f"/tim-kiem/?q={quote(words)}&loai=heritage-element&tep=image" for words in WORDS],
    "search on the map": [f"/tim-kiem/?q={quote(words)}&xem=ban-do" for words in WORDS],
    "suggestions": [f"/tim-kiem/goi-y/?q={quote(words[:4])}" for words in WORDS],
    "home": ["/", "/en/"],
    "list": ["/tu-lieu/", "/tu-lieu/?xep=ten", "/tu-lieu/?trang=30"],
    "list, narrowed": ["/tu-lieu/?loai=festival", "/tu-lieu/?dan-toc=mong", "/tu-lieu/?tinh=lao-cai", "/tu-lieu/?dan-toc=thai&xep=ten"],
    "portal of a group": ["/dan-toc/mong/", "/dan-toc/muong/", "/dan-toc/khmer/"],
    "province": ["/tinh/lao-cai/", "/tinh/"],
    "calendar": ["/lich-le-hoi/", "/lich-le-hoi/?thang=2027-02", "/lich-le-hoi/?thang=2027-02&ngay=8"],
    "feed": ["/moi-dang.atom"],
    "sitemap": ["/sitemap.xml", "/sitemap-ban-ghi.xml"],
}
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


def main() -> None:
    """Prepare a site, ask for so many seconds, print a table; with ``--records`` fill it and do the same again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=0)
    options.add_argument("--seconds", type=float, default=30.0)
    options.add_argument("--pause", type=float, default=0.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **ENVIRONMENT, "LIBRARY_VAR_DIR": folder}
        memory = {"floor: bare Django and Wagtail": int(_run(sys.executable, "-c", BARE, env=environment))}
        _run(*MANAGE, "prepare", env=environment)
        memory["media worker, starter collection"] = _peak_of(environment, "media_worker", "--once")
        few = _measured(environment, given.seconds, given.pause, memory, "starter")
        print(f"{READERS} readers, one writer who rests {given.pause:g} s between saves, {given.seconds:.0f} s")
        print(f"starter collection\n{Times.HEAD}\n" + "\n".join(map(str, few.values())))
        if given.records:
            started = time.monotonic()
            _run(*MANAGE, "shell", "-v", "0", "-c", FILL.format(records=given.records), env=environment)
            print(f"filled in {time.monotonic() - started:.0f} s")
            started = time.monotonic()
            memory["rebuild of the index"] = _peak_of(environment, "rebuild_index")
            seconds = time.monotonic() - started
            print(f"index built from the database in {seconds:.0f} s, {given.records / seconds:,.0f} records/s")
            many = _measured(environment, given.seconds, given.pause, memory, f"{given.records:,}")
            lines = (
                replace(each, ratios=f"{each.p50 / few[name].p50:>7.2f} {each.p95 / few[name].p95:>7.2f}") for name, each in many.items()
            )
            print(f"{given.records:,} records\n{Times.HEAD}\n" + "\n".join(map(str, lines)))
    print("peak memory, MB: " + ", ".join(f"{name} {megabytes}" for name, megabytes in memory.items()))


def _measured(environment: dict[str, str], seconds: float, pause: float, memory: dict[str, int], size: str) -> dict[str, Times]:
    """Times by kind of page; the peak memory of web process and index worker goes into ``memory``."""
    with _site(environment, pause) as (address, web, worker):
        for _ in range(WARMING):
            for paths in PAGES.values():
                for path in paths:
                    _get(address + path)
        taken = _ask(address, seconds)
        memory[f"web process, {size}"] = max(map(_peak, _children(web)))
        memory[f"index worker, {size}"] = _peak(worker)
    return {name: measure_of(f"{name} ({len(taken[name])})", taken[name]) for name in PAGES if taken[name]}


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
            each.wait(20)


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


def _ask(address: str, seconds: float) -> dict[str, list[float]]:
    """Milliseconds by kind of page; every reader asks for the next page as soon as the last one came."""
    taken: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds

    def read(seed: int) -> None:
        choose = random.Random(seed)
        while time.monotonic() < until:
            name = choose.choice(list(PAGES))
            started = time.perf_counter()
            _get(address + choose.choice(PAGES[name]))
            taken[name].append((time.perf_counter() - started) * 1000)

    readers = [threading.Thread(target=read, args=(seed,)) for seed in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return taken


def _get(url: str) -> None:
    with urllib.request.urlopen(url, timeout=30) as answer:
        answer.read()


def _answers(address: str) -> bool:
    try:
        _get(f"{address}/healthz")
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
