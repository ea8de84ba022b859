"""The map of provinces and the page of each."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from library.access import ANONYMOUS, Viewer
from library.curation.published import portal_text
from library.metadata.calendar_file import about_kilobytes
from library.presentation import queries
from library.presentation.authorities import group_entries, provinces, regions
from library.presentation.lists.kinds import offered_kinds
from library.presentation.places import by_name, communes
from library.presentation.share_cards import card_link, province_card
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from ...presentation.linked_data import place_data
from ...presentation.places import origins, unit_link
from ...queries.counts import counts_for
from ...queries.festivals import times_in_file
from ...queries.narrowing import in_province, walk_is_shorter
from ...queries.places import numbers_by_commune
from ..public_view import public_page, request_viewer
from . import near
from .contents import contents, links_of


@public_page
def province_list(request: HttpRequest) -> HttpResponse:
    """All 34 on the map, shaded by how many records each has."""
    numbers = counts_for(request_viewer(request)).provinces
    response = render(request, "places/list.html", {"regions": regions(numbers), "near_kilobytes": near.kilobytes()})
    response["Permissions-Policy"] = settings.PERMISSIONS_POLICY_WITH_PLACE
    return response


@public_page
def province_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One province: what it was before July 2025, its communes, the peoples that live there, the records from there."""
    unit = get_object_or_404(provinces(), slug=slug)
    return render(request, "places/province.html", portal_context(unit, request_viewer(request)))


def portal_context(unit: AdminUnit, viewer: Viewer) -> dict[str, Any]:
    """What the template needs."""
    counts = counts_for(viewer)
    here, everywhere = counts.in_province(unit.code), counts.all

    def narrow(records: RecordQuerySet, types: Collection[str], most: int) -> RecordQuerySet:
        found, among = (sum(number for type_, number in by_type.items() if not types or type_ in types) for by_type in (here, everywhere))
        return in_province(records, unit, walk_is_shorter(found, among, most))

    kinds = offered_kinds(here, f"tinh={unit.slug}")
    own = by_name(communes().filter(parent=unit))
    numbers = numbers_by_commune(queries.shown_in_lists(queries.visible_records(viewer)), own)
    return {
        "province": unit,
        "linked_data": place_data(unit),
        "card": card_link("province-card", unit.slug, province_card(unit)),
        "editorial_text": portal_text(viewer, province=unit.pk),
        "marked": [unit.code],
        "former": [origin.unit for origin in origins(unit)],
        "communes": [(unit_link(commune), numbers.get(commune.pk, 0)) for commune in own],
        "told": sum(1 for number in numbers.values() if number),
        "groups": group_entries(EthnicGroup.objects.filter(provinces=unit)),
        "kinds": [kind for kind in kinds if kind.count],
        "record_count": sum(kind.count for kind in kinds),
        "all_url": f"{reverse('records')}?tinh={unit.slug}",
        "file_kilobytes": about_kilobytes(times_in_file(in_province(queries.visible_records(ANONYMOUS), unit, walk=True))),
        "links": links_of(unit),
        **contents(narrow, viewer),
    }
