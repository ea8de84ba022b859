"""The points of the communes, from which the reader's own device finds those near it: the server never learns where it is."""

import gzip
import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from library.caching.rows import cached
from library.presentation.places import communes, unit_url

from ..public_view import public_page

KEPT_SECONDS = 3600  # units change by law, rarely
PER_DEGREE = 100  # points are told in hundredths of a degree, about a kilometre


@public_page
def communes_file(request: HttpRequest) -> HttpResponse:
    """Every commune whose point is known: latitude and longitude in hundredths of a degree, name, number of its province, address.

    It is the same file wherever the reader is.
    """
    text, _kilobytes = _file()
    return HttpResponse(text, content_type="application/json")


def kilobytes() -> int:
    """What the file weighs packed; 0 where it would name no commune."""
    return _file()[1]


def _file() -> tuple[str, int]:
    return cached(f"communes-near:{get_language()}", _read, KEPT_SECONDS)


def _read() -> tuple[str, int]:
    units = communes().exclude(latitude=None).exclude(longitude=None).select_related("parent").order_by("parent", "code")
    provinces: dict[str, int] = {}
    rows = []
    for unit in units:
        assert unit.latitude is not None and unit.longitude is not None
        number = provinces.setdefault(unit.parent.label if unit.parent else "", len(provinces))
        rows.append([round(unit.latitude * PER_DEGREE), round(unit.longitude * PER_DEGREE), unit.label, number, unit_url(unit)])
    text = json.dumps({"provinces": list(provinces), "communes": rows}, ensure_ascii=False, separators=(",", ":"))
    return text, -(-len(gzip.compress(text.encode())) // 1000) if rows else 0
