"""Outlines of the 34 provinces and of the archipelagos Hoàng Sa and Trường Sa, simplified from @svg-maps/vietnam (CC BY 4.0)."""

import json
from dataclasses import dataclass
from functools import cache
from math import asinh, radians, tan
from pathlib import Path

OUTLINES = Path(__file__).with_name("province_paths.json")
DA_NANG, KHANH_HOA = "48", "56"  # the two provinces that the archipelagos belong to
LON_SCALE, LON_SHIFT = 31.164, -3183.21
LAT_SCALE, LAT_SHIFT = -1774.79, 745.556
STEPS = (1, 5, 10, 30)  # from how many records on a province takes the next shade


@dataclass(frozen=True, slots=True)
class Outline:
    """A province's shape; ``islands`` is the archipelago that belongs to it, as path data of its own."""

    code: str
    path: str
    islands: str


@dataclass(frozen=True, slots=True)
class Outlines:
    """The whole map in the units of its view box."""

    width: int
    height: int
    provinces: tuple[Outline, ...]


@cache
def outlines() -> Outlines:
    """The map, read once."""
    data = json.loads(OUTLINES.read_text(encoding="utf-8"))
    islands = {DA_NANG: data["hoang_sa"], KHANH_HOA: data["truong_sa"]}
    provinces = tuple(Outline(code, path, islands.get(code, "")) for code, path in data["provinces"].items())
    return Outlines(data["width"], data["height"], provinces)


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a point lies on the map, in the units of its view box.

    The drawing is a Mercator projection; the constants are fitted to the points of the 34 provinces, all within 4 units of the middle
    of their outlines.
    """
    return LON_SCALE * longitude + LON_SHIFT, LAT_SCALE * asinh(tan(radians(latitude))) + LAT_SHIFT


def shade(count: int) -> int:
    """0 (nothing yet) to 4 (many): how dark a province is drawn."""
    return sum(count >= step for step in STEPS)
