"""Builds a new index beside the one in use and puts it in use in one step. A failed build does not change the old index."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from django.utils import timezone

from library.records.models import Record

from ..access import AccessFilter
from ..engines.base import Rebuild, Write, walk
from ..engines.registry import engine
from ..models import IndexedVersion
from ..query.clauses import plan_for
from ..understanding import EmptyLexicon, NameAuthority, understand
from .documents import document_of, indexable
from .knowledge import Study
from .outbox import remember

CHUNK = 1_000
TRIED = 20  # records asked for before the activation
FIRST_VERSION = 1  # of a record that no drainer has sent to this index yet: anything newer wins over it


class RebuildFailed(Exception):
    """The new index is not what it should be; the old one stays in use."""


def rebuild_index(engine_name: str, progress: Callable[[int], None] = lambda done: None) -> int:
    """Build, compare with the database, try it, activate it, learn spelling. Returns the number of records in the new index.

    Raises RebuildFailed, and leaves the old index in its place, when the new one does not find what it holds.
    """
    fresh, study = engine(engine_name).begin_rebuild(), Study()
    try:
        loaded = _load_all(engine_name, fresh, study, progress)
        _reconcile(engine_name, fresh, study)
        _try(fresh)
    except BaseException:
        fresh.abandon()
        raise
    fresh.activate()
    study.save()
    return loaded


def _load_all(engine_name: str, fresh: Rebuild, study: Study, progress: Callable[[int], None]) -> int:
    done, after = 0, 0
    while ids := list(indexable(Record.objects.filter(pk__gt=after)).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        _load(engine_name, fresh, study, ids)
        done, after = done + len(ids), ids[-1]
        progress(done)
    return done


def _load(engine_name: str, fresh: Rebuild, study: Study, ids: list[int]) -> None:
    versions = dict(IndexedVersion.objects.filter(sink=engine_name, record_id__in=ids).values_list("record_id", "version"))
    records = indexable(Record.objects.filter(pk__in=ids))
    writes = [Write(record.pk, versions.get(record.pk, FIRST_VERSION), document_of(record)) for record in records]
    fresh.load(writes)
    for write in writes:
        if write.document is not None:
            study.read(write.document)
    remember(engine_name, {write.id: write.version for write in writes if write.id not in versions})


def _reconcile(engine_name: str, fresh: Rebuild, study: Study) -> None:
    """What changed while the new index was loaded and no drainer saw: gone records leave it, new ones enter."""
    expected = set(indexable(Record.objects.all()).values_list("pk", flat=True))
    indexed = dict(walk(fresh))
    gone = [Write(record, version, None) for record, version in indexed.items() if record not in expected]
    for chunk in _chunks(gone):
        fresh.load(chunk)
    missing = sorted(expected - set(indexed))
    for start in range(0, len(missing), CHUNK):
        _load(engine_name, fresh, study, missing[start : start + CHUNK])


def _try(fresh: Rebuild) -> None:
    """Asks the new index for some of the newest records by their own titles, with the rights of whoever may see them."""
    for record in indexable(Record.objects.order_by("-pk"))[:TRIED]:
        document = document_of(record)
        rights = AccessFilter(document.access_tokens, timezone.localdate())
        words = plan_for(understand(record.title_vi, EmptyLexicon(), NameAuthority([])))
        answer = fresh.search(replace(words, ids=(record.pk,)), rights)
        if words.clauses and not answer.total:
            raise RebuildFailed(f"the new index does not find record {record.pk} by its own title")


def _chunks(writes: list[Write]) -> Iterator[list[Write]]:
    left = iter(writes)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
