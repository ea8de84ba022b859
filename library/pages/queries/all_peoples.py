"""The records about all peoples: they are no people's own, and would stand on each of the 54 portals."""

from django.db.models import Count

from library.records.models import Record

from .remembered import Remembered

PEOPLES = 54


def of_all_peoples() -> tuple[int, ...]:
    """Keys of the records that name every people; they may be some seconds old."""
    return _keys.value()


def _read_keys() -> tuple[int, ...]:
    links = Record.groups.through.objects.values_list("record").annotate(peoples=Count("pk"))
    return tuple(links.filter(peoples__gte=PEOPLES).order_by().values_list("record", flat=True))


_keys = Remembered(_read_keys)
