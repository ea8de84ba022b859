"""Words of a page that lead somewhere, where there is somewhere to lead."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from library.presentation.places import unit_url
from library.presentation.wording import Wording
from library.vocabularies.models import AdminUnit

if TYPE_CHECKING:
    from library.records.models import Record


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """Words, with an address where there is one."""

    words: Wording | str
    url: str = ""


def group_links(record: "Record") -> list[LinkedWords]:
    """The groups with their portals."""
    return [LinkedWords(group.name, reverse("group", args=[group.slug])) for group in record.groups.all()]


def place_links(record: "Record") -> list[LinkedWords]:
    """The places, each with its own page."""
    return [LinkedWords(place.label, unit_url(place)) for place in record.places.all()]


def former_unit_links(record: "Record") -> list[LinkedWords]:
    """The units of before July 2025 that the record names, each with its own page where there is one."""
    return [LinkedWords(unit.label, unit_url(unit)) for unit in record.former_units.all()]


def province_codes(record: "Record") -> list[str]:
    """The codes of the provinces of today in which its places lie."""
    return list(dict.fromkeys(province.code for province in map(_province, record.places.all()) if province))


def _province(place: AdminUnit) -> AdminUnit | None:
    """The province in which the place lies, where it is one of today."""
    province = place if place.level == AdminUnit.Level.PROVINCE else place.parent
    return province if province is not None and province.level == AdminUnit.Level.PROVINCE and province.slug else None
