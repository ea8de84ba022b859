"""The map of provinces and the page of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.access import ANONYMOUS, Viewer
from library.curation.published import portal_text
from library.language.collation import vietnamese_order
from library.metadata.calendar_file import about_kilobytes
from library.presentation import queries
from library.presentation.authorities import GroupEntry, group_entries, provinces, regions
from library.presentation.lists.kinds import offered_kinds
from library.presentation.lists.lines import lines
from library.vocabularies.models import AdminChange, AdminUnit, EthnicGroup

from ..presentation.linked_data import province_data
from ..queries.counts import counts_for
from ..queries.festivals import times_in_file
from ..queries.narrowing import in_province, walk_is_shorter
from .public_view import public_page, request_viewer

NEWEST = 12


@public_page
def province_list(request: HttpRequest) -> HttpResponse:
    """All 34 on the map, shaded by how many records each has."""
    return render(request, "provinces/list.html", {"regions": regions(counts_for(request_viewer(request)).provinces)})


@public_page
def province_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One province: the provinces that became it, the groups that live there, the records from there."""
    unit = get_object_or_404(provinces(), slug=slug)
    return render(request, "provinces/detail.html", portal_context(unit, request_viewer(request)))


def portal_context(unit: AdminUnit, viewer: Viewer) -> dict[str, Any]:
    """What the template needs."""
    counts = counts_for(viewer)
    walk = walk_is_shorter(counts.in_province(unit.code).total(), counts.all.total(), NEWEST)
    records = in_province(queries.shown_in_lists(queries.visible_records(viewer)), unit, walk)
    kinds = offered_kinds(counts.in_province(unit.code), f"tinh={unit.slug}")
    return {
        "province": unit,
        "linked_data": province_data(unit),
        "editorial_text": portal_text(viewer, province=unit.pk),
        "regions": regions({}),
        "marked": [unit.code],
        "former": _former(unit),
        "groups": _groups(unit),
        "kinds": [kind for kind in kinds if kind.count],
        "record_count": sum(kind.count for kind in kinds),
        "file_kilobytes": about_kilobytes(times_in_file(in_province(queries.visible_records(ANONYMOUS), unit, walk=True))),
        "fresh": lines(queries.for_pictured_lines(records.order_by("-first_published_at", "-pk"))[:NEWEST], pictured=True),
    }


def _former(unit: AdminUnit) -> list[str]:
    """Names of the former provinces that became this one; empty where it stayed as it was."""
    changes = AdminChange.objects.filter(new=unit, old__level=AdminUnit.Level.FORMER_PROVINCE).select_related("old")
    names = sorted((change.old.label for change in changes), key=vietnamese_order)
    return names if len(names) > 1 else []


def _groups(unit: AdminUnit) -> list[GroupEntry]:
    return group_entries(EthnicGroup.objects.filter(provinces=unit))
