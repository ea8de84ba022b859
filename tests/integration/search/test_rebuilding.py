"""A rebuild from the database goes on after its process was killed, and its memory does not grow with the number of records."""

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from library.records.actions.publish import publish
from library.records.models import Record
from search.engines.base import walk
from search.engines.embedded import rebuild as embedded_rebuild
from search.engines.registry import engine
from search.indexing import outbox, rebuild
from search.indexing.reading import RecordReader
from search.indexing.reconcile import reconcile
from search.models import IndexEvent
from tests.factories import make_record

from .searching import drain, fresh, titles

FEW, MANY = 400, 2_000  # records
KILLED_AFTER = 4  # records of six
REBUILD = """
import json, os, sys, time
import django
django.setup()
from django.conf import settings
for name, value in json.loads(sys.argv[1]).items():
    setattr(settings, name, value)
from search.engines.embedded import rebuild as embedded_rebuild
from search.indexing import outbox, rebuild
rebuild.CHUNK = embedded_rebuild.LOADED_AT_ONCE = 2
def told(done):
    if done == int(sys.argv[2]):
        print("loaded", flush=True)
        time.sleep(600)
rebuild.rebuild_index(settings.SEARCH_ENGINE, told)
"""


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_whose_process_was_killed_loads_only_what_is_missing(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [make_record(f"Hội {number}").pk for number in range(6)]
    _kill_a_rebuild()
    loaded: list[int] = []
    fresh = type(engine(site).begin_rebuild())
    real = fresh.load

    def load(self: Any, writes: Any) -> int:
        batch = list(writes)
        loaded.extend(write.id for write in batch)
        return real(self, batch)

    monkeypatch.setattr(fresh, "load", load)
    assert rebuild.rebuild_index(site) == len(records)
    engine(site).refresh()
    assert loaded == records[KILLED_AFTER:]
    assert [record for record, _version in walk(engine(site))] == records
    assert reconcile(site).total == 0


@pytest.mark.django_db
def test_a_rebuild_settles_what_waited_for_it_and_nothing_that_came_meanwhile(site: str) -> None:
    IndexEvent.objects.all().delete()
    earlier, other = make_record("Hội xuân"), "another index"
    outbox.announce([earlier.pk], only=[site, other])
    rebuild.rebuild_index(site, lambda done: outbox.announce([earlier.pk], only=[site]))
    assert sorted(IndexEvent.objects.values_list("sink", flat=True)) == sorted([other, site])


@pytest.mark.django_db
def test_a_change_that_is_sent_while_its_record_is_being_read_stays(site: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    record = make_record("Hội cũ")
    drain(site)
    read = RecordReader.read_between

    def read_before_the_change(self: RecordReader, first: int, last: int) -> Any:
        rows = read(self, first, last)
        record.title_vi = "Hội mới"
        publish(record)
        drain(site)
        return rows

    monkeypatch.setattr(RecordReader, "read_between", read_before_the_change)
    rebuild.rebuild_index(site)
    fresh()
    assert titles(client, "hội mới") == ["Hội mới"]
    assert reconcile(site).total == 0


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["embedded"], indirect=True)  # the loop over the records is one for both engines
def test_memory_of_a_rebuild_does_not_grow_with_the_records(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "CHUNK", 100)
    monkeypatch.setattr(rebuild, "OBJECTS_BETWEEN_COLLECTIONS", 1_000)
    monkeypatch.setattr(embedded_rebuild, "LOADED_AT_ONCE", 200)
    one = make_record("Lễ hội Gầu Tào", summary_vi="Người Mông mở hội đầu năm. " * 20)
    before = gc.get_threshold()
    gc.set_threshold(1_000)  # a test before this one may have raised it, as processes of the library do
    try:
        _copy(one, FEW)
        few = _peak(site)
        _copy(one, MANY)
        assert _peak(site) < few * 1.2
    finally:
        gc.set_threshold(*before)


def _kill_a_rebuild() -> None:
    """In a process of its own that is killed when it has loaded some records."""
    own = {name: getattr(settings, name) for name in ("SEARCH_ENGINE", "SEARCH_FALLBACKS", "ELASTICSEARCH_URL", "SEARCH_INDEX_PREFIX")}
    own |= {"SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR)}
    database = {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}", "DJANGO_SETTINGS_MODULE": "library.settings.test"}
    command = [sys.executable, "-c", REBUILD, json.dumps(own), str(KILLED_AFTER)]
    child = subprocess.Popen(command, env={**os.environ, **database}, cwd=Path(settings.BASE_DIR), stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None and child.stdout.readline() == "loaded\n"
    finally:
        child.kill()
        child.communicate()


def _copy(record: Record, count: int) -> None:
    """Rows like that of a record until there are so many."""
    values = {field.attname: getattr(record, field.attname) for field in Record._meta.concrete_fields if not field.primary_key}
    own = (
        {"identifier": f"copy-{Record.objects.count() + number}", "source_key": None} for number in range(count - Record.objects.count())
    )
    Record.objects.bulk_create(Record(**values | each) for each in own)


def _peak(site: str) -> int:
    """The most memory of Python that a rebuild takes above what there was before it: of the second one, when caches are full."""
    rebuild.rebuild_index(site)
    tracemalloc.start()
    try:
        rebuild.rebuild_index(site)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
