"""The outbox: rows are written with a change, claimed with a lease, sent to an index, and deleted. Nothing is lost while an index is
down, and nobody who saves a record waits for an index."""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from library.many_rows import insert_many
from library.records.models import Record
from library.vocabularies.lookup import term_labels_read_once

from ..engines.base import EngineUnavailable, IndexOutdated, Outcome, SearchDocument, Write, WriteResult
from ..engines.registry import engine, engine_names
from ..models import IndexedVersion, IndexEvent
from .documents import document_of, indexable
from .fan_out import records_about
from .vectors.attached import with_vectors

logger = logging.getLogger(__name__)

BATCH = 500  # events
LEASE = timedelta(seconds=60)
FIRST_WAIT, LONGEST_WAIT = 5.0, 600.0  # seconds
MOST_ATTEMPTS = 10
PAUSE = 5.0  # seconds an index is left alone that could not take writes
FAN_OUT_CHUNK = 1_000
_paused_until: dict[str, float] = {}  # by name of the engine, in monotonic seconds of this process


def announce(object_ids: Iterable[int], kind: str = IndexEvent.Kind.RECORD, only: Sequence[str] = ()) -> None:
    """Write one row for each thing and index (or only those named), inside the caller's transaction."""
    engines = only or engine_names()
    things = dict.fromkeys(object_ids)
    insert_many(IndexEvent, [{"kind": kind, "object_id": each, "sink": engine_name} for each in things for engine_name in engines])


def drain_once() -> int:
    """Send every index one batch of the events that wait for it. Returns how many events were settled."""
    return sum(_drain(engine_name) for engine_name in engine_names() if time.monotonic() >= _paused_until.get(engine_name, 0.0))


def drain_all() -> int:
    """Drain until nothing more can be settled now. Returns how many events were."""
    settled = 0
    while done := drain_once():
        settled += done
    return settled


def waiting_for(engine_name: str) -> list[int]:
    """Ids of the events of single records that wait for an index now: whoever reads the records after this reads what they announce."""
    events = IndexEvent.objects.filter(sink=engine_name, kind=IndexEvent.Kind.RECORD, attempts=0)
    return list(events.values_list("pk", flat=True))


def settle(event_ids: Sequence[int]) -> None:
    """Takes events away that something else has settled."""
    for start in range(0, len(event_ids), BATCH):
        IndexEvent.objects.filter(pk__in=event_ids[start : start + BATCH]).delete()


def pending() -> "QuerySet[IndexEvent]":
    """Events that still have to be sent."""
    return IndexEvent.objects.filter(dead=False)


def dead_letters() -> "QuerySet[IndexEvent]":
    """Events that were refused too often; they wait for a person."""
    return IndexEvent.objects.filter(dead=True)


def try_again(events: "QuerySet[IndexEvent]") -> int:
    """Give dead letters another round of attempts."""
    return events.update(dead=False, attempts=0, next_try=timezone.now(), leased_until=None)


def remember(engine_name: str, versions: dict[int, int]) -> None:
    """Store which version of each record an index has."""
    IndexedVersion.objects.bulk_create(
        _rows(engine_name, versions),
        update_conflicts=True,
        unique_fields=["sink", "record_id"],
        update_fields=["version"],
        batch_size=500,
    )


def remember_new(engine_name: str, versions: dict[int, int]) -> None:
    """The same for records that an index had not; what has been stored of one meanwhile stays."""
    IndexedVersion.objects.bulk_create(_rows(engine_name, versions), ignore_conflicts=True, batch_size=500)


def _rows(engine_name: str, versions: dict[int, int]) -> list[IndexedVersion]:
    return [IndexedVersion(sink=engine_name, record_id=record, version=version) for record, version in versions.items()]


def _drain(engine_name: str) -> int:
    events = _claim(engine_name)
    if not events:
        return 0
    expanded = [event for event in events if event.kind != IndexEvent.Kind.RECORD and _expand(event)]
    by_record: dict[int, list[IndexEvent]] = defaultdict(list)
    for event in events:
        if event.kind == IndexEvent.Kind.RECORD:
            by_record[event.object_id].append(event)
    try:
        return len(expanded) + _send(engine_name, by_record)
    except (EngineUnavailable, IndexOutdated) as error:
        _pause(engine_name, events, str(error))
        return len(expanded)


def _claim(engine_name: str) -> list[IndexEvent]:
    """Lease the oldest events that are due. Two drainers never hold the same row; a lease that ran out is free again.

    Whoever held such a lease has died, perhaps of one of its events: each is taken alone, and the attempt counts before it begins.
    """
    now = timezone.now()
    with transaction.atomic():
        due = IndexEvent.objects.filter(sink=engine_name, dead=False, next_try__lte=now).exclude(leased_until__gt=now).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        events = list(due[:BATCH])
        if left_behind := [event for event in events if event.leased_until]:
            return _claim_alone(min(left_behind, key=lambda event: event.attempts), now)
        IndexEvent.objects.filter(pk__in=[event.pk for event in events]).update(leased_until=now + LEASE)
    return events


def _claim_alone(event: IndexEvent, now: datetime) -> list[IndexEvent]:
    event.attempts += 1
    event.dead = event.attempts > MOST_ATTEMPTS
    event.leased_until = None if event.dead else now + LEASE
    event.last_error = event.last_error or "the process that sent it ended"
    event.save(update_fields=["attempts", "dead", "leased_until", "last_error"])
    return [] if event.dead else [event]


def _send(engine_name: str, by_record: dict[int, list[IndexEvent]]) -> int:
    """Write the state of each record as it is now, under the highest id of its events."""
    documents, errors = _built(list(by_record))
    documents = {document.id: document for document in with_vectors(documents.values())}
    versions = {record: max(event.pk for event in events) for record, events in by_record.items()}
    writes = [Write(record, versions[record], documents.get(record)) for record in by_record if record not in errors]
    results = _write(engine_name, writes) if writes else []
    results += [WriteResult(record, Outcome.REFUSED, error) for record, error in errors.items()]
    refused = [result for result in results if result.outcome is Outcome.REFUSED]
    settled = [result.id for result in results if result.outcome is not Outcome.REFUSED]
    with transaction.atomic():
        for result in refused:
            _count_attempt(by_record[result.id], result.error)
        remember(engine_name, {record: versions[record] for record in settled})
        return _settle(event for record in settled for event in by_record[record])


def _write(engine_name: str, writes: Sequence[Write]) -> list[WriteResult]:
    """What became of each write. A batch that the engine cannot read is halved until what is wrong with it stands alone."""
    faults: list[str] = []
    with _fault_kept_apart(f"The index {engine_name} cannot take the records {[write.id for write in writes]}", faults):
        return engine(engine_name).write(writes)
    if len(writes) == 1:
        return [WriteResult(writes[0].id, Outcome.REFUSED, faults[0])]
    middle = len(writes) // 2
    return [*_write(engine_name, writes[:middle]), *_write(engine_name, writes[middle:])]


def _built(record_ids: Sequence[int]) -> tuple[dict[int, SearchDocument], dict[int, str]]:
    """Documents of those records that an index should hold, and why others could not be read."""
    documents, errors = {}, {}
    with term_labels_read_once():
        for record in indexable(Record.objects.filter(pk__in=record_ids)):
            faults: list[str] = []
            with _fault_kept_apart(f"No search document could be made of record {record.pk}", faults):
                documents[record.pk] = document_of(record)
            if faults:
                errors[record.pk] = faults[0]
    return documents, errors


def _expand(event: IndexEvent) -> bool:
    """A renamed or moved thing: one event for each record about it, then its own row goes. False where that fails: it waits.

    Each chunk is a transaction of its own: an office may have 100,000 records, and people go on writing meanwhile. After a crash the
    event begins again; records that then have two events are sent once.
    """
    faults: list[str] = []
    with _fault_kept_apart(f"The event {event} could not be spread over its records", faults):
        ids = records_about(event.kind, event.object_id)
        for start in range(0, len(ids), FAN_OUT_CHUNK):
            IndexEvent.objects.bulk_create(IndexEvent(object_id=record, sink=event.sink) for record in ids[start : start + FAN_OUT_CHUNK])
        event.delete()
    if faults:
        _count_attempt([event], faults[0])
    return not faults


@contextmanager
def _fault_kept_apart(what_failed: str, faults: list[str]) -> Iterator[None]:
    """Adds the words of an error to ``faults``: one record or event that cannot be read must not stop the others.

    Raises OperationalError, EngineUnavailable and IndexOutdated: the database or the index is away, which is no fault of a record.
    """
    try:
        yield
    except (OperationalError, EngineUnavailable, IndexOutdated):
        raise
    except Exception as error:  # a process boundary
        logger.exception(what_failed)
        faults.append(f"{type(error).__name__}: {error}")


def _settle(events: Iterable[IndexEvent]) -> int:
    return IndexEvent.objects.filter(pk__in=[event.pk for event in events]).delete()[0]


def _count_attempt(events: Iterable[IndexEvent], error: str) -> None:
    """Refused: wait longer each time, and after the last attempt wait for a person."""
    for event in events:
        event.attempts += 1
        event.dead = event.attempts >= MOST_ATTEMPTS
        wait = min(FIRST_WAIT * 2 ** (event.attempts - 1), LONGEST_WAIT) * random.uniform(0.75, 1.25)  # noqa: S311 - no secret
        event.next_try, event.leased_until, event.last_error = timezone.now() + timedelta(seconds=wait), None, error[:2_000]
        event.save(update_fields=["attempts", "dead", "next_try", "leased_until", "last_error"])


def _pause(engine_name: str, events: Iterable[IndexEvent], error: str) -> None:
    """The index takes nothing now: give the rows back; this does not count as an attempt."""
    logger.warning("The index %s takes no writes now: %s", engine_name, error)
    _paused_until[engine_name] = time.monotonic() + PAUSE
    IndexEvent.objects.filter(pk__in=[event.pk for event in events]).update(leased_until=None, last_error=error[:2_000])
