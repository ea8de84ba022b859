"""What was found on the map of the country: one disc for each tile, as large as its count, and one point for each hit of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from library.frame.drawing.province_map import on_map, outlines
from library.records.models import Record

from ..indexing.documents import public_point
from ..query.map_tiles import COUNTRY, box_of
from ..query.plan import Box
from .addresses import Address

SMALLEST, LARGEST = 5.0, 22.0  # radius of a disc in units of the whole country's map
MARGIN = 6.0
LETTERS, POINT = 11.0, 3.5


@dataclass(frozen=True, slots=True)
class Disc:
    """A tile with its count; ``url`` narrows to it. Where the tile's middle lies on the map, and its radius."""

    x: float
    y: float
    radius: float
    letters: float  # size of the number in it
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Point:
    """A record of this page that has a place."""

    x: float
    y: float
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultMap:
    """The map in the units of its view box; ``scale`` keeps lines and letters the same size however near it is."""

    view_box: str
    scale: float
    paths: tuple[str, ...]
    discs: tuple[Disc, ...]
    points: tuple[Point, ...]
    placed: int  # records of the tiles
    whole_url: str  # the whole country again; empty when that is what is shown
    list_url: str

    @property
    def point_radius(self) -> float:
        """Of a record's point."""
        return round(POINT * self.scale, 3)


def result_map(cells: Mapping[str, int], records: Iterable[Record], box: Box | None, address: Address) -> ResultMap:
    """The map of the country, or of the piece that was chosen."""
    whole = outlines()
    view, scale = _view(box) if box else ((0.0, 0.0, float(whole.width), float(whole.height)), 1.0)
    most = max(cells.values(), default=1)
    discs = (_disc(tile, count, most, scale, address) for tile, count in sorted(cells.items(), key=lambda cell: -cell[1]))
    return ResultMap(
        view_box=" ".join(f"{number:.1f}" for number in view),
        scale=round(scale, 4),
        paths=tuple(path for outline in whole.provinces for path in (outline.path, outline.islands) if path),
        discs=tuple(discs),
        points=tuple(_points(records)),
        placed=sum(cells.values()),
        whole_url=address.with_value("khung", "") if box else "",
        list_url=address.with_value("xem", ""),
    )


def _view(box: Box) -> tuple[tuple[float, float, float, float], float]:
    left, top = on_map(min(box.north, COUNTRY.north), max(box.west, COUNTRY.west))
    right, bottom = on_map(max(box.south, COUNTRY.south), min(box.east, COUNTRY.east))
    width, height = max(right - left, 1.0), max(bottom - top, 1.0)
    scale = max(width, height) / outlines().height
    margin = MARGIN * scale
    return (left - margin, top - margin, width + 2 * margin, height + 2 * margin), scale


def _disc(tile: str, count: int, most: int, scale: float, address: Address) -> Disc:
    box = box_of(tile)
    x, y = on_map((box.north + box.south) / 2, (box.west + box.east) / 2)
    radius = (SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most)) * scale
    corners = ",".join(f"{degree:.4f}" for degree in (box.west, box.south, box.east, box.north))
    return Disc(round(x, 2), round(y, 2), round(radius, 2), round(LETTERS * scale, 2), count, address.with_value("khung", corners))


def _points(records: Iterable[Record]) -> Iterable[Point]:
    for record in records:
        place = public_point(record)
        if place:
            x, y = on_map(*place)
            yield Point(round(x, 2), round(y, 2), record.title, record.get_absolute_url())
