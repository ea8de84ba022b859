"""A poison event stops itself and nobody else: it is found in its batch, tried later each time, and becomes a dead letter."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from search.engines.base import EngineUnavailable, Outcome, Write, WriteResult
from search.indexing import outbox
from search.models import IndexedVersion, IndexEvent
from tests.factories import make_record

pytestmark = pytest.mark.django_db


class Engine:
    """An engine that answers HTTP 400 to the whole batch when it holds a record it cannot read."""

    def __init__(self) -> None:
        self.poison: set[int] = set()
        self.error: BaseException = ValueError("400: mapper_parsing_exception")
        self.batches: list[list[int]] = []

    def write(self, batch: Sequence[Write]) -> list[WriteResult]:
        self.batches.append([write.id for write in batch])
        if self.poison.intersection(self.batches[-1]):
            raise self.error
        return [WriteResult(write.id, Outcome.DONE) for write in batch]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    fake = Engine()
    monkeypatch.setattr(outbox, "engine", lambda name: fake)
    monkeypatch.setattr(outbox, "engine_names", lambda: ["embedded"])
    outbox._paused_until.clear()
    return fake


@pytest.fixture
def records() -> list[int]:
    """Ten records that wait for the index, and nothing else."""
    pks = [make_record(f"Hội {number}").pk for number in range(10)]
    IndexEvent.objects.all().delete()
    outbox.announce(pks, only=["embedded"])
    return pks


def come_due() -> None:
    """As if every wait and every lease were over."""
    past = timezone.now() - timedelta(seconds=1)
    IndexEvent.objects.update(next_try=past)
    IndexEvent.objects.exclude(leased_until=None).update(leased_until=past)


def indexed() -> set[int]:
    return set(IndexedVersion.objects.values_list("record_id", flat=True))


def test_one_poison_event_becomes_a_dead_letter_and_the_others_pass(engine: Engine, records: list[int]) -> None:
    engine.poison = {records[3]}
    assert outbox.drain_once() == 9
    assert indexed() == set(records) - {records[3]}
    for _round in range(outbox.MOST_ATTEMPTS):
        come_due()
        outbox.drain_once()
    event = IndexEvent.objects.get()
    assert (event.object_id, event.dead, event.attempts) == (records[3], True, outbox.MOST_ATTEMPTS)
    assert "mapper_parsing_exception" in event.last_error


def test_a_poison_event_that_ends_the_process_is_tried_alone_and_counted(engine: Engine, records: list[int]) -> None:
    engine.poison, engine.error = {records[3]}, SystemExit()
    for _death in range(outbox.MOST_ATTEMPTS + 1):
        with pytest.raises(SystemExit):
            while True:
                outbox.drain_once()
        come_due()
    outbox.drain_once()
    event = IndexEvent.objects.get()
    assert (event.object_id, event.dead) == (records[3], True)
    assert indexed() == set(records) - {records[3]}
    assert len(engine.batches[0]) == 10
    assert all(len(batch) == 1 for batch in engine.batches[1:])


def test_an_engine_that_is_away_counts_no_attempt(engine: Engine, records: list[int]) -> None:
    engine.poison, engine.error = set(records), EngineUnavailable("away")
    assert outbox.drain_once() == 0
    assert set(IndexEvent.objects.values_list("attempts", "dead", "leased_until")) == {(0, False, None)}
    assert len(engine.batches) == 1


def _failing(error: Exception) -> Callable[..., Any]:
    def fail(*args: Any) -> Any:
        raise error

    return fail


def test_a_renamed_thing_that_cannot_be_spread_waits_and_the_others_pass(
    engine: Engine, records: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.announce([1], IndexEvent.Kind.TERM, only=["embedded"])
    monkeypatch.setattr(outbox, "records_about", _failing(KeyError("no such kind")))
    assert outbox.drain_once() == 10
    event = IndexEvent.objects.get()
    assert (event.kind, event.attempts, event.leased_until) == ("term", 1, None)


def test_a_database_that_is_away_is_no_fault_of_an_event(engine: Engine, records: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "document_of", _failing(OperationalError("server closed the connection")))
    with pytest.raises(OperationalError):
        outbox.drain_once()
    assert set(IndexEvent.objects.values_list("attempts", flat=True)) == {0}
