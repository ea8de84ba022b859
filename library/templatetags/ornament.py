"""Figures: woven bands, the moon, the map of provinces."""

from collections.abc import Iterable
from typing import Any

from django import template

from library.frame.drawing.band import Band, band
from library.frame.drawing.moon import lit_path
from library.frame.drawing.province_map import Outlines, former_outlines, on_map, outlines

register = template.Library()

STRIP = (640, 54)
SQUARE = (48, 48)
TILE = (96, 128)
COVER = (1440, 45)
PLATE = (224, 168)


@register.inclusion_tag("components/ornament/cloth.html")
def strip(seed: str, parts: str = "", name: str = "own") -> dict[str, str]:
    """A wide band of cloth. ``name`` must be unique on the page: the pattern is referred to by it."""
    return _cloth(seed, parts, name, STRIP, "xMinYMid slice")


@register.inclusion_tag("components/ornament/cloth.html")
def swatch(seed: str, name: str) -> dict[str, str]:
    """A small square of cloth for a list."""
    return _cloth(seed, "", name, SQUARE, "xMidYMid slice")


@register.inclusion_tag("components/ornament/cloth.html")
def tile(seed: str, name: str) -> dict[str, str]:
    """An upright piece of cloth beside a search hit, woven all over."""
    return _cloth(seed, "", name, TILE, "xMidYMid slice", top=0) | {"filled": str(TILE[1])}


@register.inclusion_tag("components/ornament/cloth.html")
def hem(seed: str, parts: str, name: str) -> dict[str, str]:
    """The band under the cover of the home page, flush with its upper edge."""
    return _cloth(seed, parts, name, COVER, "xMinYMin slice", top=0)


@register.inclusion_tag("components/ornament/moon.html")
def moon(day: int | None) -> dict[str, Any]:
    """The moon of a lunar day; nothing when there is no day."""
    return {"shown": day is not None, "lit": lit_path(day) if day else ""}


@register.inclusion_tag("components/map/province_map.html")
def province_map(regions: Iterable[Any], marked: Iterable[str] = (), linked: bool = True) -> dict[str, Any]:
    """The map. ``regions`` have code, name, url, count and shade; ``marked`` are the codes to highlight instead of shading."""
    return _map(outlines(), regions, marked, linked)


@register.inclusion_tag("components/map/province_map.html")
def former_province_map(regions: Iterable[Any]) -> dict[str, Any]:
    """The same with the 63 provinces of before July 2025."""
    return _map(former_outlines(), regions, (), linked=True) | {"former": True}


@register.inclusion_tag("components/map/province_map.html")
def former_place_map(codes: Iterable[str]) -> dict[str, Any]:
    """The map of before July 2025 as one picture, with the provinces of these codes highlighted."""
    return _map(former_outlines(), (), codes, linked=False) | {"former": True}


@register.inclusion_tag("components/map/province_map.html")
def place_map(codes: Iterable[str], latitude: float | None = None, longitude: float | None = None) -> dict[str, Any]:
    """The map as one picture, with the provinces of these codes highlighted, and one point in them if it is known."""
    point = None if latitude is None or longitude is None else [f"{number:.0f}" for number in on_map(latitude, longitude)]
    return _map(outlines(), (), codes, linked=False) | {"point": point}


def _map(chart: Outlines, regions: Iterable[Any], marked: Iterable[str], linked: bool) -> dict[str, Any]:
    by_code, highlighted = {region.code: region for region in regions}, frozenset(marked)
    shapes = [
        {"outline": outline, "region": by_code.get(outline.code), "marked": outline.code in highlighted} for outline in chart.provinces
    ]
    return {"shapes": shapes, "width": chart.width, "height": chart.height, "linked": linked}


def _cloth(seed: str, parts: str, name: str, size: tuple[int, int], fit: str, top: int | None = None) -> dict[str, str]:
    """What the template prints; texts, for it would write each number in the reader's language, and a page of hits has a hundred."""
    cloth_band = band(seed, parts)
    width, height = size
    return {
        "figure": cloth_band.figure,
        "accent": cloth_band.accent,
        "repeat_width": str(cloth_band.width),
        "repeat_height": str(cloth_band.height),
        "name": name,
        "width": str(width),
        "height": str(height),
        "filled": str(cloth_band.height),
        "fit": fit,
        "top": str((height - cloth_band.height) // 2 if top is None else top),
    }


@register.simple_tag
def torn_band() -> Band:
    """The band that the page for lost addresses tears."""
    return band("404", "l.D.l")


@register.simple_tag
def province_outlines() -> Outlines:
    """The outlines of the provinces, for maps that a template draws by itself."""
    return outlines()
