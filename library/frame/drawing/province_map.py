"""Outlines of the 34 provinces, of the 63 before July 2025, and of the archipelagos Hoàng Sa and Trường Sa.

Simplified from @svg-maps/vietnam (CC BY 4.0).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import asinh, radians, tan
from pathlib import Path
from typing import Any

OUTLINES = Path(__file__).with_name("province_paths.json")
FORMER_OUTLINES = Path(__file__).with_name("former_province_paths.json")
DA_NANG, KHANH_HOA = "48", "56"  # the two provinces that the archipelagos belong to, today and before July 2025
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
    """The map of today, read once."""
    chart = _read(OUTLINES)
    return _with_archipelagos(chart, chart["provinces"])


@cache
def former_outlines() -> Outlines:
    """The map of the provinces before July 2025, in the same units; read once."""
    return _with_archipelagos(_read(OUTLINES), _read(FORMER_OUTLINES)["provinces"])


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _with_archipelagos(chart: dict[str, Any], paths: Mapping[str, str]) -> Outlines:
    islands = {DA_NANG: chart["hoang_sa"], KHANH_HOA: chart["truong_sa"]}
    provinces = tuple(Outline(code, path, islands.get(code, "")) for code, path in paths.items())
    return Outlines(chart["width"], chart["height"], provinces)


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a point lies on the map, in the units of its view box.

    The drawing is a Mercator projection; the constants are fitted to the points of the 34 provinces, all within 4 units of the middle
    of their outlines.
    """
    return LON_SCALE * longitude + LON_SHIFT, LAT_SCALE * asinh(tan(radians(latitude))) + LAT_SHIFT


def shade(count: int) -> int:
    """0 (nothing yet) to 4 (many): how dark a province is drawn."""
    return sum(count >= step for step in STEPS)
