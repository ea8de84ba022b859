"""Map tiles as both engines count them ("zoom/x/y", Web Mercator), and the piece of the map each covers. Pure arithmetic."""

from math import asinh, atan, degrees, floor, log2, pi, radians, sinh, tan

from .plan import Box

ZOOMS = range(3, 13)  # the tiles that an index keeps
TILES_ACROSS = 9  # about so many columns of tiles on a map
COUNTRY = Box(west=102.0, south=8.0, east=110.0, north=23.5)


def tile_at(latitude: float, longitude: float, zoom: int) -> str:
    """The tile that holds a point."""
    x = (longitude + 180) / 360
    y = (1 - asinh(tan(radians(latitude))) / pi) / 2
    return f"{zoom}/{floor(x * 2**zoom)}/{floor(y * 2**zoom)}"


def box_of(tile: str) -> Box:
    """The piece of the map that a tile covers."""
    zoom, x, y = map(int, tile.split("/"))
    west, east = (column / 2**zoom * 360 - 180 for column in (x, x + 1))
    north, south = (degrees(atan(sinh(pi * (1 - 2 * row / 2**zoom)))) for row in (y, y + 1))
    return Box(west, south, east, north)


def zoom_for(box: Box) -> int:
    """The zoom whose tiles fill the box in about nine columns."""
    zoom = round(log2(360 / max(box.east - box.west, 1e-6) * TILES_ACROSS))
    return min(max(zoom, ZOOMS[0]), ZOOMS[-1])
