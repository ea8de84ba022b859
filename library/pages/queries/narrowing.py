"""The records of a group or a province, in an order, and the first of them.

There are two ways to read the first records of a group in an order. Where the group has few records, all of them are read and sorted.
Where it has many, the records of the whole library are walked in that order until enough of the group's have come. Which way is
shorter follows from the numbers; a database asked for both with one wording takes the wrong one at one end.
"""

from django.db.models import Exists, OuterRef, Q

from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from .all_peoples import of_all_peoples

READ_AND_SORTED = 4  # what reading and sorting one record costs, in steps of the walk


def walk_is_shorter(found: int, among: int, last: int) -> bool:
    """Whether ``last`` of ``found`` records come sooner by walking through ``among`` records than by sorting the ``found``."""
    return last * among < found * found * READ_AND_SORTED


def in_group(records: RecordQuerySet, group: EthnicGroup, walk: bool) -> RecordQuerySet:
    """The records of a group, without those about all peoples."""
    links = Record.groups.through.objects.filter(ethnicgroup=group).exclude(record__in=of_all_peoples())
    return records.filter(Exists(links.filter(record=OuterRef("pk")))) if walk else records.filter(pk__in=links.values("record"))


def in_province(records: RecordQuerySet, province: AdminUnit, walk: bool = False) -> RecordQuerySet:
    """The records placed in a province or in one of its communes."""
    links = Record.places.through.objects
    if walk:  # a record has few places: each is asked for its province, where a list of a hundred communes would be gone through
        own = Q(adminunit=province) | Q(adminunit__parent=province)
        return records.filter(Exists(links.filter(own, record=OuterRef("pk"))))
    units = AdminUnit.objects.filter(Q(pk=province.pk) | Q(parent=province.pk))
    return records.filter(pk__in=links.filter(adminunit__in=list(units.values_list("pk", flat=True))).values("record"))
