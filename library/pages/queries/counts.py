"""How many records a viewer may see, by kind, group and province.

Counting reads every record, so the counts of what everybody may see are remembered (``remembered``). What only this viewer may see
beside it is counted for each request: it is little.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Case, Count, F, When

from library.access import ANONYMOUS, PUBLIC, Viewer
from library.presentation.queries import shown_in_lists, visible_records
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit

from .all_peoples import of_all_peoples
from .remembered import Remembered

ByType = Counter[str]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of records by record type: of all, by key of a group, and by code of a province (a commune's count for its province)."""

    all: ByType = field(default_factory=Counter)
    by_group: dict[int, ByType] = field(default_factory=dict)
    by_province: dict[str, ByType] = field(default_factory=dict)

    @property
    def groups(self) -> dict[int, int]:
        """Key of a group → number of records."""
        return {group: by_type.total() for group, by_type in self.by_group.items()}

    @property
    def provinces(self) -> dict[str, int]:
        """Code of a province → number of records."""
        return {code: by_type.total() for code, by_type in self.by_province.items()}

    def in_group(self, group: int) -> ByType:
        """The numbers of a group."""
        return self.by_group.get(group, Counter())

    def in_province(self, code: str) -> ByType:
        """The numbers of a province."""
        return self.by_province.get(code, Counter())

    def plus(self, other: "Counts") -> "Counts":
        """The sums of both."""
        return Counts(self.all + other.all, _sums(self.by_group, other.by_group), _sums(self.by_province, other.by_province))


def counts_for(viewer: Viewer) -> Counts:
    """The counts of what the viewer may see; those of public records may be some seconds old."""
    public = _public.value()
    if viewer == ANONYMOUS:
        return public
    return public.plus(_count(visible_records(viewer).exclude(access_level=PUBLIC)))


_public = Remembered(lambda: _count(visible_records(ANONYMOUS)))


def _count(records: RecordQuerySet) -> Counts:
    records = shown_in_lists(records.order_by())
    of_some = records.exclude(pk__in=of_all_peoples())
    province = Case(When(places__level=AdminUnit.Level.PROVINCE, then=F("places__code")), default=F("places__parent__code"))
    return Counts(
        Counter(dict(records.values_list("record_type").annotate(Count("pk")))),
        _by(of_some.filter(groups__isnull=False).values_list("groups", "record_type").annotate(Count("pk"))),
        _by(
            records.filter(places__isnull=False)
            .annotate(province=province)
            .exclude(province=None)
            .values_list("province", "record_type")
            .annotate(Count("pk", distinct=True))
        ),
    )


def _by(rows: Iterable[tuple[Key, str, int]]) -> dict[Key, ByType]:
    by_type: dict[Key, ByType] = {}
    for key, record_type, count in rows:
        by_type.setdefault(key, Counter())[record_type] = count
    return by_type


def _sums(one: dict[Key, ByType], other: dict[Key, ByType]) -> dict[Key, ByType]:
    return {key: one.get(key, Counter()) + other.get(key, Counter()) for key in {*one, *other}}
