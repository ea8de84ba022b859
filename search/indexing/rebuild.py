"""Builds a new index beside the one in use and puts it in use in one step. A failed build does not change the old index."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, TypeVar

from django.utils import timezone

from background.garbage import collected_rarely
from library.records.models import Record

from ..access import AccessFilter
from ..engines.base import Rebuild, Write, walk
from ..engines.registry import engine
from ..models import IndexedVersion
from ..query.clauses import plan_for
from ..understanding import EmptyLexicon, NameAuthority, understand
from .documents import document_of, documents_of
from .knowledge import Study
from .outbox import remember_new, settle, waiting_for
from .reading import RecordReader, RecordRow, indexed
from .vectors.attached import with_vectors

CHUNK = 1_000
TRIED = 20  # records asked for before the activation
OBJECTS_BETWEEN_COLLECTIONS = 100_000  # Python's 700 cost an eighth of a build: its objects live long and are no cycles
FIRST_VERSION = 1  # of a record that no drainer has sent to this index yet: anything newer wins over it

Item = TypeVar("Item")


class RebuildFailed(Exception):
    """The new index is not what it should be; the old one stays in use."""


def rebuild_index(engine_name: str, progress: Callable[[int], None] = lambda done: None) -> int:
    """Build, compare with the database, try it, activate it, learn spelling. Returns the number of records in the new index.

    A build that was killed less than a day ago goes on: what it holds was kept up to date meanwhile. Raises RebuildFailed, and leaves
    the old index in its place, when the new one does not find what it holds. What waited for the index when the build began is settled.
    """
    fresh, study, reader = engine(engine_name).begin_rebuild(), Study(), RecordReader()
    present = array("q", (record for record, _version in walk(fresh)))
    announced = [] if present else waiting_for(engine_name)  # what a killed build holds is not read again
    with ExitStack() as unfinished:
        unfinished.callback(fresh.abandon)
        with collected_rarely(OBJECTS_BETWEEN_COLLECTIONS):
            loaded = _load_all(engine_name, fresh, study, reader, present, progress)
        _reconcile(engine_name, fresh, study, reader)
        _try(fresh, reader)
        unfinished.pop_all()
    fresh.activate()
    settle(announced)
    study.save()
    return loaded


def _load_all(
    engine_name: str, fresh: Rebuild, study: Study, reader: RecordReader, present: "array[int]", progress: Callable[[int], None]
) -> int:
    """Loads all records in the order of their keys, in chunks; of those that the index holds already it only learns the spelling."""
    done = after = 0
    while ids := list(indexed(Record.objects.filter(pk__gt=after)).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        versions = _versions(engine_name, record_id__gte=ids[0], record_id__lte=ids[-1])
        rows = reader.read_between(ids[0], ids[-1])
        already = frozenset(present[bisect_left(present, ids[0]) : bisect_right(present, ids[-1])])
        _load(engine_name, fresh, study, versions, rows, already)
        done, after = done + len(rows), ids[-1]
        progress(done)
    return done


def _versions(engine_name: str, **keys: Any) -> dict[int, int]:
    """Record → the version that an index has of it. Asked before the records are read: what a drainer sends meanwhile is newer and wins."""
    return dict(IndexedVersion.objects.filter(sink=engine_name, **keys).values_list("record_id", "version"))


def _load(
    engine_name: str,
    fresh: Rebuild,
    study: Study,
    versions: Mapping[int, int],
    rows: Sequence[RecordRow],
    present: frozenset[int] = frozenset(),
) -> None:
    documents = with_vectors(documents_of(rows))
    fresh.load(Write(each.id, versions.get(each.id, FIRST_VERSION), each) for each in documents if each.id not in present)
    study.read(documents)
    remember_new(engine_name, {each.id: FIRST_VERSION for each in documents if each.id not in versions})


def _reconcile(engine_name: str, fresh: Rebuild, study: Study, reader: RecordReader) -> None:
    """What changed while the new index was loaded and no drainer saw: gone records leave it, new ones enter."""
    expected = indexed(Record.objects.all()).order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
    gone, missing = _differences(walk(fresh), expected)
    for chunk in _chunks(gone):
        fresh.load(Write(record, version, None) for record, version in chunk)
    for ids in _chunks(missing):
        versions = _versions(engine_name, record_id__in=ids)
        _load(engine_name, fresh, study, versions, reader.read(ids))


def _differences(indexed_versions: Iterator[tuple[int, int]], expected: Iterator[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """What only the index holds, with its versions, and what only the database holds; both are walked side by side, in order."""
    gone: list[tuple[int, int]] = []
    missing: list[int] = []
    held = next(indexed_versions, None)
    for record in expected:
        while held is not None and held[0] < record:
            gone.append(held)
            held = next(indexed_versions, None)
        if held is not None and held[0] == record:
            held = next(indexed_versions, None)
        else:
            missing.append(record)
    return [*gone, *([held] if held else ()), *indexed_versions], missing


def _try(fresh: Rebuild, reader: RecordReader) -> None:
    """Asks the new index for some of the newest records by their own titles, with the rights of whoever may see them."""
    newest = indexed(Record.objects.order_by("-pk")).values_list("pk", flat=True)[:TRIED]
    for record in reader.read(list(newest)):
        document = document_of(record)
        rights = AccessFilter(document.access_tokens, timezone.localdate())
        words = plan_for(understand(record.title_vi, EmptyLexicon(), NameAuthority([])))
        answer = fresh.search(replace(words, ids=(record.pk,)), rights)
        if words.clauses and not answer.total:
            raise RebuildFailed(f"the new index does not find record {record.pk} by its own title")


def _chunks(items: list[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
