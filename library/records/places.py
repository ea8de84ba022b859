"""Where records lie, as a condition of a query."""

from django.db.models import Exists, OuterRef, Q

from library.vocabularies.models import AdminUnit

from .models import Record


def in_unit(unit: AdminUnit) -> Q:
    """Records with a place in this unit: the unit itself, or one of its communes."""
    places = Record.places.through.objects.filter(record=OuterRef("pk"))
    return Q(Exists(places.filter(Q(adminunit=unit) | Q(adminunit__parent=unit))))
