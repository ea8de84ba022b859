"""The records at one place, as fine as each record tells its own: a record placed in a province is in none of its communes."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Q

from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from .all_peoples import of_all_peoples
from .counts import ByType


def at_commune(records: RecordQuerySet, commune: AdminUnit) -> RecordQuerySet:
    """The records placed in this commune itself."""
    return records.filter(pk__in=Record.places.through.objects.filter(adminunit=commune).values("record"))


def at_former(records: RecordQuerySet, unit: AdminUnit) -> RecordQuerySet:
    """The records that name this unit of before July 2025, or one below it."""
    within = Q(pk=unit.pk) | Q(parent=unit.pk) | Q(parent__parent=unit.pk)
    units = list(AdminUnit.objects.filter(within).values_list("pk", flat=True))
    return records.filter(pk__in=Record.former_units.through.objects.filter(adminunit__in=units).values("record"))


def numbers_by_commune(records: RecordQuerySet, communes: Iterable[AdminUnit]) -> dict[int, int]:
    """Key of each of the communes that records are placed in → how many. Asked by key, or a database goes through all records."""
    placed = records.order_by().filter(places__in=[commune.pk for commune in communes]).values_list("places")
    return dict(placed.annotate(Count("pk")))


def numbers_by_type(records: RecordQuerySet) -> ByType:
    """How many records there are of each type."""
    return Counter(dict(records.order_by().values_list("record_type").annotate(Count("pk"))))


def peoples_of(records: RecordQuerySet) -> list[EthnicGroup]:
    """The peoples whose records these are; records about all peoples name none."""
    links = Record.groups.through.objects.filter(record__in=records.order_by().values("pk")).exclude(record__in=of_all_peoples())
    return list(EthnicGroup.objects.filter(pk__in=links.values("ethnicgroup")))
