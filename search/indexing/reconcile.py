"""Compares an index with the database, id by id in bounded memory, and writes outbox rows for what differs."""

from collections.abc import Iterator
from dataclasses import dataclass

from library.records.models import Record

from ..engines.base import Engine
from ..engines.registry import engine
from ..models import IndexedVersion, IndexEvent
from .outbox import announce
from .reading import indexed

CHUNK = 1_000  # ids of each side


@dataclass(slots=True)
class Differences:
    """How many records an index lacks, holds in another state, or should not hold. ``ahead``: the index holds states that the
    database has not reached, as after a restore: only a rebuild helps."""

    missing: int = 0
    stale: int = 0
    surplus: int = 0
    ahead: int = 0

    @property
    def total(self) -> int:
        """How many records differ."""
        return self.missing + self.stale + self.surplus


@dataclass(frozen=True, slots=True)
class _Window:
    """All ids above ``after`` up to ``last`` that one side holds: those of the database, those of the index with their versions."""

    after: int
    last: int
    expected: set[int]
    held: dict[int, int]


def reconcile(engine_name: str) -> Differences:
    """Find the differences and enqueue them. Records that wait in the outbox anyway are left to it."""
    index = engine(engine_name)
    index.refresh()
    differences = Differences()
    for window in _windows(index):
        _compare(engine_name, window, differences)
    return differences


def _windows(index: Engine) -> Iterator[_Window]:
    """The ids of both sides, side by side. A window ends where the side that has more of them ends its chunk."""
    after = 0
    while True:
        expected = list(indexed(Record.objects.filter(pk__gt=after)).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        held = dict(index.ids_and_versions(after, CHUNK))
        if not expected and not held:
            return
        last_of_each = [(max(side), len(side) == CHUNK) for side in (expected, held) if side]
        last = min((last for last, full in last_of_each if full), default=max(last for last, _full in last_of_each))
        yield _Window(after, last, {pk for pk in expected if pk <= last}, {pk: version for pk, version in held.items() if pk <= last})
        after = last


def _compare(engine_name: str, window: _Window, differences: Differences) -> None:
    events = IndexEvent.objects.filter(sink=engine_name, kind=IndexEvent.Kind.RECORD)
    waiting = set(events.filter(object_id__gt=window.after, object_id__lte=window.last).values_list("object_id", flat=True))
    known = IndexedVersion.objects.filter(sink=engine_name, record_id__gt=window.after, record_id__lte=window.last)
    versions = dict(known.values_list("record_id", "version"))
    expected, held = window.expected - waiting, window.held
    missing = expected - held.keys()
    surplus = held.keys() - window.expected - waiting
    stale = {record for record in expected & held.keys() if versions.get(record) != held[record]}
    announce(sorted(missing | stale | surplus), only=[engine_name])
    differences.missing += len(missing)
    differences.stale += len(stale)
    differences.surplus += len(surplus)
    if stale or surplus:
        newest = IndexEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
        differences.ahead += sum(held[record] > newest for record in stale | surplus)
