"""Places of before July 2025: the map of the 63 provinces, and the page of each and of its districts."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.presentation.authorities import group_entries
from library.presentation.places import by_name, former_districts, former_provinces, former_regions
from library.vocabularies.models import AdminUnit, EthnicGroup

from ...presentation.linked_data import place_data
from ...presentation.places import became, origins, outcomes, unit_link, unit_name
from ...queries.places import at_former
from ..public_view import public_page, request_viewer
from .contents import counted_contents, peoples


@public_page
def former_province_list(request: HttpRequest) -> HttpResponse:
    """All 63 on the map."""
    return render(request, "places/former_list.html", {"regions": former_regions()})


@public_page
def former_province_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One province of before July 2025: what it became and together with whom, its districts, the records that name it."""
    unit = get_object_or_404(former_provinces(), slug=slug)
    today = became(unit)
    beside = [origin.unit for new in today for origin in origins(new) if origin.unit.url != unit_link(unit).url]
    context = _context(request, unit, unit.code) | {
        "became": [unit_link(new) for new in today],
        "beside": beside,
        "districts": [unit_link(district) for district in by_name(former_districts().filter(parent=unit))],
        "groups": group_entries(EthnicGroup.objects.filter(former_provinces=unit)),
    }
    return render(request, "places/former_province.html", context)


@public_page
def former_district_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One district of before July 2025: its communes with what each became, the records that name it or one of them."""
    name, _dash, code = slug.rpartition("-")
    unit = get_object_or_404(former_districts().select_related("parent"), slug=name, code=code)
    context = _context(request, unit, unit.parent.code if unit.parent else "") | {
        "groups": peoples(partial(at_former, unit=unit), request_viewer(request)),
        "outcomes": outcomes(unit),
        "province": unit_link(unit.parent) if unit.parent else None,
    }
    return render(request, "places/former_district.html", context)


def _context(request: HttpRequest, unit: AdminUnit, province: str) -> dict[str, Any]:
    contents = counted_contents(partial(at_former, unit=unit), request_viewer(request), f"noi-cu={unit.pk}")
    return contents | {"unit": unit, "name": unit_name(unit), "linked_data": place_data(unit), "marked": [province]}
