"""Administrative units as places that readers visit: their addresses, and the lists of them beside a map."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from library.language.collation import vietnamese_order
from library.vocabularies.models import AdminUnit

from .authorities import Region

Level = AdminUnit.Level
#: Levels with pages → the name of the page, and whether the code stands in its address: many communes share a name.
PAGES = {
    Level.PROVINCE.value: ("province", False),
    Level.COMMUNE.value: ("commune", True),
    Level.FORMER_PROVINCE.value: ("former-province", False),
    Level.FORMER_DISTRICT.value: ("former-district", True),
}


def unit_url(unit: AdminUnit) -> str:
    """The address of the page of a unit; empty for a level without pages."""
    page, coded = PAGES.get(unit.level, ("", False))
    return reverse(page, args=[f"{unit.slug}-{unit.code}" if coded else unit.slug]) if page and unit.slug else ""


def communes() -> QuerySet[AdminUnit]:
    """The communes of today."""
    return AdminUnit.objects.filter(level=Level.COMMUNE, valid_to=None)


def commune_at(address: str) -> AdminUnit:
    """The commune that an address names, such as ``xa-ta-phin-03013``, with its province. Raises Http404 where there is none."""
    name, _dash, code = address.rpartition("-")
    return get_object_or_404(communes().select_related("parent"), slug=name, code=code)


def former_provinces() -> QuerySet[AdminUnit]:
    """The provinces of before July 2025, also those that stayed as they were."""
    return AdminUnit.objects.filter(level=Level.FORMER_PROVINCE)


def former_districts() -> QuerySet[AdminUnit]:
    """The districts of before July 2025."""
    return AdminUnit.objects.filter(level=Level.FORMER_DISTRICT)


def by_name(units: QuerySet[AdminUnit]) -> list[AdminUnit]:
    """Units in alphabetical order."""
    return sorted(units, key=lambda unit: vietnamese_order(unit.label))


def former_regions() -> list[Region]:
    """The 63 provinces of before July 2025 in alphabetical order, for their map. What is recorded there is counted on their pages."""
    return [Region(unit.code, unit.label, unit_url(unit), 0, 0) for unit in by_name(former_provinces())]
