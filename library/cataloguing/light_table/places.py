"""Which unit a point lies in or near: never finer than a commune, and than a province for what is not open to everybody."""

from math import cos, hypot, pi, radians, sqrt

from django.db.models import QuerySet

from library.access import PUBLIC, SIGNED_IN
from library.records.profiles import profile
from library.vocabularies.models import AdminUnit

KM_A_DEGREE = 111.2
FARTHEST_KM = 60.0  # farther from every commune: at sea or abroad
Point = tuple[float, float]  # latitude, longitude


def place_of(where: Point, record_type: str) -> AdminUnit | None:
    """The unit that a record of this type may name for a point; None where there is none near."""
    commune = _nearest(where)
    if commune is None:
        return None
    return commune if profile(record_type).default_access in (PUBLIC, SIGNED_IN) else commune.parent


def _nearest(where: Point) -> AdminUnit | None:
    rows = _communes().filter(latitude__range=(where[0] - 1, where[0] + 1), longitude__range=(where[1] - 1, where[1] + 1))
    near = [(_nearness(where, unit), unit.pk, unit) for unit in rows]
    if not near:
        return None
    (away, _share), _pk, unit = min(near, key=lambda each: (each[0][1], each[1]))
    return unit if away <= FARTHEST_KM else None


def _communes() -> "QuerySet[AdminUnit]":
    present = AdminUnit.objects.filter(level=AdminUnit.Level.COMMUNE, valid_to=None).exclude(latitude=None).exclude(longitude=None)
    return present.select_related("parent")


def _nearness(where: Point, unit: AdminUnit) -> tuple[float, float]:
    """How far its middle is, in km and as a share of its own radius: a large commune reaches farther than a small ward beside it."""
    assert unit.latitude is not None and unit.longitude is not None
    away = _kilometres(where, (unit.latitude, unit.longitude))
    return away, away / sqrt(max(unit.area_km2 or 50.0, 1.0) / pi)


def _kilometres(one: Point, other: Point) -> float:
    across = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return hypot(one[0] - other[0], across) * KM_A_DEGREE
