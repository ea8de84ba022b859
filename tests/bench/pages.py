"""make bench-pages: whole pages of a running site while four readers ask and one officer saves; the smallest answer is the floor.

python -m tests.bench.pages [--seconds 30] [--pause 0]

``--pause`` is what the officer rests between two saves, in seconds; none is an import at full speed.
The site is the starter collection on SQLite with the embedded index, four web processes, the index worker running.
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
    "home": ["/"],
    "list": ["/tu-lieu/"],
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


def main() -> None:
    """Prepare a site, ask for so many seconds, print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=30.0)
    options.add_argument("--pause", type=float, default=0.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, _site(folder, given.pause) as address:
        for _ in range(WARMING):
            for paths in PAGES.values():
                for path in paths:
                    _get(address + path)
        taken = _ask(address, given.seconds)
    print(f"{READERS} readers, one writer who rests {given.pause:g} s between saves, {given.seconds:.0f} s")
    print(Times.HEAD)
    for name in PAGES:
        print(measure_of(f"{name} ({len(taken[name])})", taken[name]))


@contextmanager
def _site(folder: str, pause: float) -> Iterator[str]:
    port = str(free_port())
    environment = {
        **os.environ,
        "LIBRARY_VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "library.settings.dev",
        "LOG_LEVEL": "ERROR",
        "REQUEST_LIMITS": "off",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
    web = [sys.executable, "-m", "gunicorn", "library.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "4", "--threads", "4"]
    commands = [web, [*manage, "index_worker"], [*manage, "shell", "-v", "0", "-c", SAVE_FOR_EVER.format(pause=pause)]]
    running = [subprocess.Popen(each, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for each in commands]
    lower_priority(running[1].pid)  # as `manage.py worker` starts it
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            time.sleep(0.2)
        yield address
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(20)


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
