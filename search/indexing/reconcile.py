"""Compares an index with the database, id by id, and writes outbox rows for what differs."""

from dataclasses import dataclass, field

from library.records.models import Record

from ..engines.base import walk
from ..engines.registry import engine
from ..models import IndexedVersion, IndexEvent
from .outbox import announce
from .reading import indexed


@dataclass(slots=True)
class Differences:
    """Ids of records that an index lacks, holds in another state, or should not hold. ``ahead``: the index holds states that the
    database has not reached, as after a restore: only a rebuild helps."""

    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    ahead: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many records differ."""
        return len(self.missing) + len(self.stale) + len(self.surplus)


def reconcile(engine_name: str) -> Differences:
    """Find the differences and enqueue them. Records that wait in the outbox anyway are left to it."""
    engine(engine_name).refresh()
    waiting = set(IndexEvent.objects.filter(sink=engine_name, kind=IndexEvent.Kind.RECORD).values_list("object_id", flat=True))
    versions = dict(IndexedVersion.objects.filter(sink=engine_name).values_list("record_id", "version"))
    expected = set(indexed(Record.objects.all()).values_list("pk", flat=True)) - waiting
    differences = Differences()
    versions_held = {record: version for record, version in walk(engine(engine_name)) if record not in waiting}
    differences.missing = sorted(expected - versions_held.keys())
    differences.surplus = sorted(versions_held.keys() - expected)
    differences.stale = sorted(record for record in expected & versions_held.keys() if versions.get(record) != versions_held[record])
    announce([*differences.missing, *differences.stale, *differences.surplus], only=[engine_name])
    newest = IndexEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    differences.ahead = sorted(record for record in (*differences.stale, *differences.surplus) if versions_held[record] > newest)
    return differences
