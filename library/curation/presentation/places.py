"""A map of the provinces that a block names, and of those where its records are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from library.presentation.authorities import Region, regions
from library.presentation.lists.lines import RecordLine
from library.records.models import Record
from library.vocabularies.models import AdminUnit

from .readable import ReadableRecords


@dataclass(frozen=True, slots=True)
class PlacesMap:
    """The map: all regions, the codes that are marked, the marked ones as a list, and the records."""

    regions: list[Region]
    codes: list[str]
    marked: list[Region]
    lines: list[RecordLine]


def places_map(value: Any, records: ReadableRecords) -> PlacesMap | None:
    """The map; None where nothing that the reader may see is on it."""
    readable = records.all_of(value.get("records") or [])
    codes = {*(value.get("provinces") or []), *(unit.code for unit in _provinces(readable))}
    all_regions = regions({})
    marked = [region for region in all_regions if region.code in codes]
    if not marked:
        return None
    return PlacesMap(all_regions, [region.code for region in marked], marked, [records.line(record) for record in readable])


def _provinces(readable: Iterable[Record]) -> Iterable[AdminUnit]:
    for record in readable:
        for place in record.places.all():
            province = place if place.level == AdminUnit.Level.PROVINCE else place.parent
            if province is not None:
                yield province
