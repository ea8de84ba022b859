"""The map of results: discs that a finger can hit, apart from one another, and true counts."""

from itertools import combinations
from math import hypot

import pytest
from django.http import QueryDict

from search.query.map_tiles import COUNTRY, tile_at, zoom_for
from search.query.plan import Box
from search.results.addresses import Address
from search.results.map import ResultMap, result_map

TOUCH = 24  # CSS pixels, WCAG 2.5.8
WIDTH, HEIGHT = 328, 544  # of the map on a phone 360 pixels wide; no higher than 34rem
CROWDED = [(22.3 + north / 3, 103.0 + east / 3) for north in range(-6, 3) for east in range(12)]
SOUTH = [(10.0, 105.5), (9.2, 105.1), (12.7, 108.0), (16.1, 108.1)]


def drawn(points: list[tuple[float, float]], box: Box | None = None) -> ResultMap:
    cells: dict[str, int] = {}
    for number, point in enumerate(points):
        tile = tile_at(*point, zoom_for(box or COUNTRY))
        cells[tile] = cells.get(tile, 0) + 1 + number * 7 % 30
    return result_map(cells, (), box, Address(QueryDict("q=hội&xem=ban-do")))


@pytest.mark.parametrize("box", [None, Box(102.0, 20.0, 107.0, 23.0), Box(103.8, 8.0, 104.4, 23.0)], ids=["country", "wide", "tall"])
def test_discs_are_large_enough_to_touch_and_do_not_overlap(box: Box | None) -> None:
    shown = drawn(CROWDED + SOUTH, box)
    _left, _top, width, height = map(float, shown.view_box.split())
    pixels = min(WIDTH / width, HEIGHT / height)
    assert shown.discs
    assert all(2 * disc.radius * pixels >= TOUCH for disc in shown.discs)
    for one, other in combinations(shown.discs, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 0.1


def test_joined_discs_lose_no_record() -> None:
    shown = drawn(CROWDED + SOUTH)
    assert sum(disc.count for disc in shown.discs) == shown.placed
    assert 1 < len(shown.discs) < len(CROWDED)


def test_an_empty_map_has_no_discs() -> None:
    assert drawn([]).discs == ()
