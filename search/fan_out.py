"""Which records tell of a thing whose name changed: their documents hold its name."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from library.records.models import Record

from .models import IndexEvent

Kind = IndexEvent.Kind
_ABOUT: dict[str, Callable[[int], Q]] = {
    Kind.GROUP: lambda pk: Q(groups=pk),
    Kind.GROUP_NAME: lambda pk: Q(subgroups=pk),
    Kind.UNIT: lambda pk: Q(places=pk) | Q(former_units=pk) | Q(places__parent=pk) | Q(former_units__parent=pk),
    Kind.COMMUNITY: lambda pk: Q(communities=pk),
    Kind.PERSON: lambda pk: Q(people__person=pk),
}


def records_about(kind: str, object_id: int) -> list[int]:
    """Ids of the records, in order."""
    found: QuerySet[Record] = Record.objects.filter(_ABOUT[kind](object_id))
    return list(found.order_by("pk").values_list("pk", flat=True).distinct())
