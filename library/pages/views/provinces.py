"""The map of provinces and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.language.collation import vietnamese_order
from library.vocabularies.models import AdminChange, AdminUnit, EthnicGroup

from .. import queries
from ..authorities import GroupName, group_names, provinces, regions
from ..presentation.lists.kinds import offered_kinds
from ..presentation.lists.lines import lines
from .public_view import public_page, reader

SHOWN = 12


@public_page
def province_list(request: HttpRequest) -> HttpResponse:
    """All 34 on the map, shaded by how many records each has."""
    found = regions(queries.by_province(queries.seen_by(reader(request))))
    return render(request, "provinces/list.html", {"regions": found})


@public_page
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """One province: what it was made of, who lives there, what the library has from there."""
    unit = get_object_or_404(provinces(), slug=slug)
    records = queries.seen_by(reader(request)).filter(queries.in_province(unit.code)).distinct()
    kinds = offered_kinds(queries.by_kind(records), f"tinh={slug}")
    return render(
        request,
        "provinces/detail.html",
        {
            "province": unit,
            "regions": regions({}),
            "marked": [unit.code],
            "former": _former(unit),
            "groups": _groups(unit),
            "kinds": [kind for kind in kinds if kind.count],
            "record_count": sum(kind.count for kind in kinds),
            "fresh": lines(queries.for_pictured_lines(records.order_by("-first_published_at", "-pk"))[:SHOWN], pictured=True),
        },
    )


def _former(unit: AdminUnit) -> list[str]:
    """Names of the former provinces that became this one; empty where it stayed as it was."""
    changes = AdminChange.objects.filter(new=unit, old__level=AdminUnit.Level.FORMER_PROVINCE).select_related("old")
    names = sorted((change.old.label for change in changes), key=vietnamese_order)
    return names if len(names) > 1 else []


def _groups(unit: AdminUnit) -> list[GroupName]:
    return group_names(EthnicGroup.objects.filter(provinces=unit))
