"""The page of a commune of today."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from library.presentation.places import commune_at
from library.presentation.share_cards import card_link, commune_card

from ...presentation.linked_data import place_data
from ...presentation.places import origins, unit_link, unit_name
from ...queries.places import at_commune
from ..public_view import public_page, request_viewer
from .contents import counted_contents, links_of, peoples


@public_page
def commune_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One commune: the former communes that became it, and the records that tell their place as finely as this."""
    unit = commune_at(slug)
    viewer, within = request_viewer(request), partial(at_commune, commune=unit)
    context = counted_contents(within, viewer, f"noi={unit.pk}") | {
        "groups": peoples(within, viewer),
        "unit": unit,
        "name": unit_name(unit),
        "province": unit_link(unit.parent) if unit.parent else None,
        "linked_data": place_data(unit),
        "card": card_link("commune-card", slug, commune_card(unit)),
        "marked": [unit.parent.code] if unit.parent else [],
        "former": origins(unit),
        "links": links_of(unit),
    }
    return render(request, "places/commune.html", context)
