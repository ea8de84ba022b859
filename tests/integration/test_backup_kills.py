"""Real processes of ``backup`` and ``restore`` are killed at random moments; the next run carries the work through and nothing is lost.

BACKUP_KILLS says how often each is killed.
"""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.integration.library_processes import Library, library_on
from tests.waiting import wait_until

KILLS = int(os.environ.get("BACKUP_KILLS", "1"))
KINDS = [pytest.param("local", marks=pytest.mark.slow), pytest.param("server", marks=pytest.mark.service("postgres", "s3"))]
FILL = """
import io, random
from django.core.management import call_command
from PIL import Image
from tests.factories import make_office, make_record, make_user
from library.records.models import RecordMedia
from media_pipeline.intake.ingest import ingest
from media_pipeline.storage import main_storage
call_command("load_roles", verbosity=0)
main_storage().prepare()
make_user("reviewer", make_office("bo"))
for number in range(24):
    buffer = io.BytesIO(); Image.frombytes("RGB", (200, 150), random.Random(number).randbytes(90_000)).save(buffer, "PNG"); buffer.seek(0)
    asset = ingest(buffer, f"{number}.png")
    RecordMedia.objects.create(record=make_record(f"Hội {number}"), asset=asset, alt_vi="Hội", sort_order=0)
"""
#: What is there, every original read; the same before and after.
TELL = """
import hashlib
from library.accounts.models import User
from library.records.models import Record
from media_pipeline.models import Blob
from media_pipeline.storage import main_storage
print(User.objects.count(), sorted(Record.objects.filter(live=True).values_list("title_vi", "media__asset__original__sha256")))
for blob in Blob.objects.filter(area="original").order_by("key"):
    print(blob.key, hashlib.sha256(b"".join(main_storage().stream(blob.key))).hexdigest() == blob.sha256)
"""
#: Every backup that is listed is whole: its files have the hashes of its manifest, and each original of its list is there.
WHOLE = """
import hashlib, sys
from library.operations.snapshots import complete, read_manifest
from media_pipeline.storage import open_storage
target = open_storage("{address}", "backup")
def sha256(key): return hashlib.sha256(b"".join(target.stream(key))).hexdigest()
for stamp in complete(target):
    manifest = read_manifest(target, stamp)
    files = [manifest.database, manifest.originals]
    listed = b"".join(target.stream(manifest.originals.key)).decode().splitlines()
    whole = all(sha256(file.key) == file.sha256 for file in files) and len(listed) == manifest.original_count == 24
    print(stamp, whole and all(sha256(line.split("\\t")[0]) == line.split("\\t")[2] for line in listed))
"""
#: Ends with 1 when index and database differ.
RECONCILE = """
import io
from django.core.management import call_command
call_command("reconcile", stdout=io.StringIO())
"""
LOSE = """
from library.accounts.models import User
from library.records.models import Record
from media_pipeline.storage import main_storage
Record.objects.all().delete(); User.objects.all().delete()
storage = main_storage()
for stat in list(storage.walk("o/")): storage.delete(stat.key, by_order=True)
"""


def kill_at_work(library: Library, moment: random.Random, seconds: float, *arguments: str) -> None:
    """Start the command until KILLS of them have died at a random moment of their work, which takes so many seconds undisturbed."""
    deaths = 0
    while deaths < KILLS:
        process = _at_work(library, *arguments)
        time.sleep(moment.uniform(0, seconds))
        process.send_signal(signal.SIGKILL)
        said, _nothing = process.communicate(timeout=300)
        assert process.returncode in {0, -signal.SIGKILL}, said[-4000:]
        deaths, seconds = deaths + (process.returncode != 0), seconds * (0.7 if process.returncode == 0 else 1)


def measured(library: Library, *arguments: str) -> float:
    """Seconds of work of one undisturbed run."""
    process = _at_work(library, *arguments)
    started = time.monotonic()
    said, _nothing = process.communicate(timeout=900)
    assert process.returncode == 0, said[-4000:]
    return time.monotonic() - started


def _at_work(library: Library, *arguments: str) -> "subprocess.Popen[str]":
    """The command, started, when it has made its working folder."""
    folder = library.folder / "scratch" / "ingest"
    before, process = set(folder.glob("*")), library.start(*arguments)
    wait_until(lambda: set(folder.glob("*")) - before or process.poll() is not None, every=0.01)
    return process


@pytest.mark.parametrize("kind", KINDS)
def test_killed_backups_are_no_backups_and_a_killed_restore_is_carried_through(kind: str, request, tmp_path: Path):
    seed = random.randrange(10**6)
    library, backups = library_on(kind, request, tmp_path)
    told = library.run(FILL + TELL)
    seconds = measured(library, "backup", backups + "-measured", "--init")
    kill_at_work(library, random.Random(seed), seconds, "backup", backups, "--init")
    library.manage("backup", backups)
    stamps = library.run(WHOLE.format(address=backups) + LOSE).splitlines()
    assert stamps and all(line.endswith(" True") for line in stamps), f"seed {seed}: {stamps}"

    kill_at_work(library, random.Random(seed), seconds, "restore", backups, "--replace", "--new-storage")
    library.manage("restore", backups, "--replace", "--new-storage")
    assert library.run(TELL + RECONCILE) == told, f"seed {seed}"
