"""What was found on the map of the country: discs large enough to touch, each with its count, and the same by province in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import hypot, sqrt

from library.frame.drawing.province_map import on_map, outlines
from library.vocabularies.models import AdminUnit

from ..query.map_tiles import COUNTRY, box_of
from ..query.plan import Box
from .addresses import Address
from .facet_groups import FacetGroup

# CSS pixels on a phone 360 pixels wide: the room for the map, and radius of a disc. WCAG 2.5.8 asks for 24 across; at 320 it has 24 too.
PHONE_WIDTH, PHONE_HEIGHT = 320.0, 544.0
SMALLEST, LARGEST = 13.5, 16.0
LETTERS = 12.0
MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Disc:
    """Neighbouring tiles with their count; ``url`` narrows to them. Where they lie on the map, and the radius."""

    x: float
    y: float
    radius: float
    letters: float  # size of the number in it
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A province in the list beside the map; ``url`` narrows to it."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class ResultMap:
    """The map in the units of its view box; ``scale`` keeps lines the same size however near it is."""

    view_box: str
    scale: float
    paths: tuple[str, ...]
    discs: tuple[Disc, ...]
    places: tuple[MapPlace, ...]
    placed: int  # records on it
    whole_url: str  # the whole country again; empty when that is what is shown
    list_url: str


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Tiles that one disc stands for: the middle of their records on the map, their number, and the piece of the country."""

    x: float
    y: float
    count: int
    box: Box

    def joined(self, other: "_Cluster") -> "_Cluster":
        """Both as one."""
        count = self.count + other.count
        x, y = ((mine * self.count + yours * other.count) / count for mine, yours in ((self.x, other.x), (self.y, other.y)))
        west, south = min(self.box.west, other.box.west), min(self.box.south, other.box.south)
        return _Cluster(x, y, count, Box(west, south, max(self.box.east, other.box.east), max(self.box.north, other.box.north)))


def result_map(cells: Mapping[str, int], groups: Iterable[FacetGroup], box: Box | None, address: Address) -> ResultMap:
    """The map of the country, or of the piece that was chosen. ``cells``: how many records lie in each tile."""
    whole = outlines()
    view = _view(box) if box else (0.0, 0.0, float(whole.width), float(whole.height))
    pixel = max(view[2] / PHONE_WIDTH, view[3] / PHONE_HEIGHT)
    placed = sum(cells.values())
    clusters = _clusters(cells, lambda cluster: _radius(cluster, placed) * pixel)
    return ResultMap(
        view_box=" ".join(f"{number:.1f}" for number in view),
        scale=round(max(view[2], view[3]) / whole.height, 4),
        paths=tuple(path for outline in whole.provinces for path in (outline.path, outline.islands) if path),
        discs=tuple(_disc(cluster, placed, pixel, address) for cluster in clusters),
        places=tuple(_places(groups, address)),
        placed=placed,
        whole_url=address.with_value("khung", "") if box else "",
        list_url=address.with_value("xem", ""),
    )


def _view(box: Box) -> tuple[float, float, float, float]:
    """The piece of the country with a margin around, in the units of the map: left, top, width, height."""
    left, top = on_map(min(box.north, COUNTRY.north), max(box.west, COUNTRY.west))
    right, bottom = on_map(max(box.south, COUNTRY.south), min(box.east, COUNTRY.east))
    width, height = max(right - left, 1.0), max(bottom - top, 1.0)
    margin = MARGIN * max(width, height) / outlines().height
    return left - margin, top - margin, width + 2 * margin, height + 2 * margin


def _clusters(cells: Mapping[str, int], radius: Callable[[_Cluster], float]) -> list[_Cluster]:
    """The tiles, those joined whose discs would overlap; most records first."""
    apart: list[_Cluster] = []
    for tile, count in sorted(cells.items(), key=lambda cell: (-cell[1], cell[0])):
        cluster = _cluster(tile, count)
        while neighbour := next((other for other in apart if _overlap(cluster, other, radius)), None):
            apart.remove(neighbour)
            cluster = neighbour.joined(cluster)
        apart.append(cluster)
    return sorted(apart, key=lambda cluster: -cluster.count)


def _cluster(tile: str, count: int) -> _Cluster:
    box = box_of(tile)
    x, y = on_map((box.north + box.south) / 2, (box.west + box.east) / 2)
    return _Cluster(x, y, count, box)


def _overlap(one: _Cluster, other: _Cluster, radius: Callable[[_Cluster], float]) -> bool:
    return hypot(one.x - other.x, one.y - other.y) < radius(one) + radius(other)


def _radius(cluster: _Cluster, placed: int) -> float:
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(cluster.count / placed)


def _disc(cluster: _Cluster, placed: int, pixel: float, address: Address) -> Disc:
    box = cluster.box
    corners = ",".join(f"{degree:.4f}" for degree in (box.west, box.south, box.east, box.north))
    x, y, radius, letters = (round(number, 2) for number in (cluster.x, cluster.y, _radius(cluster, placed) * pixel, LETTERS * pixel))
    return Disc(x, y, radius, letters, cluster.count, address.with_value("khung", corners))


def _places(groups: Iterable[FacetGroup], address: Address) -> Iterator[MapPlace]:
    """The provinces among the values of the facet of places, most records first."""
    group = next((group for group in groups if group.name == "places"), None)
    if group is None:
        return
    level = AdminUnit.Level.PROVINCE
    provinces = set(AdminUnit.objects.filter(pk__in=[value.value for value in group.values], level=level).values_list("pk", flat=True))
    for value in sorted(group.values, key=lambda value: -value.count):
        if int(value.value) in provinces:
            yield MapPlace(value.label, value.count, address.with_value(group.param, value.value))
