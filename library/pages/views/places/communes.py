"""The page of a commune of today."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.presentation.places import communes

from ...presentation.linked_data import place_data
from ...presentation.places import origins, unit_link, unit_name
from ...queries.places import at_commune
from ..public_view import public_page, request_viewer
from .contents import counted_contents, peoples


@public_page
def commune_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One commune: the former communes that became it, and the records that tell their place as finely as this."""
    name, _dash, code = slug.rpartition("-")
    unit = get_object_or_404(communes().select_related("parent"), slug=name, code=code)
    viewer, within = request_viewer(request), partial(at_commune, commune=unit)
    context = counted_contents(within, viewer, f"noi={unit.pk}") | {
        "groups": peoples(within, viewer),
        "unit": unit,
        "name": unit_name(unit),
        "province": unit_link(unit.parent) if unit.parent else None,
        "linked_data": place_data(unit),
        "marked": [unit.parent.code] if unit.parent else [],
        "former": origins(unit),
    }
    return render(request, "places/commune.html", context)
