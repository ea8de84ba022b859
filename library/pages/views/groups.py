"""The list of the 54 groups and the portal of each."""

from django.db.models import F, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.records.queryset import RecordQuerySet
from library.vocabularies.models import EthnicGroup, GroupName

from .. import queries
from ..authorities import families, regions
from ..presentation.groups import group_page
from ..presentation.lists.kinds import offered_kinds
from ..presentation.lists.lines import RecordLine, lines
from .public_view import public_page, request_viewer

SHOWN_PER_KIND = 8


@public_page
def group_list(request: HttpRequest) -> HttpResponse:
    """All 54, by language family and branch."""
    return render(request, "groups/list.html", {"families": families()})


@public_page
def group_portal(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: names, language, where, and the first records of each kind."""
    own = get_object_or_404(_with_authorities(), slug=slug)
    records = queries.visible_records(request_viewer(request)).filter(groups=own)
    kinds = offered_kinds(queries.by_kind(records), f"dan-toc={slug}")
    by_kind = _first_of_each_kind(records)
    return render(
        request,
        "groups/detail.html",
        {
            "group": group_page(own),
            "regions": regions({}),
            "sections": [(kind, by_kind.get(kind.code, [])) for kind in kinds if kind.count],
            "empty_kinds": [kind for kind in kinds if not kind.count],
            "record_count": sum(kind.count for kind in kinds),
        },
    )


def _with_authorities() -> QuerySet[EthnicGroup]:
    names = Prefetch("names", queryset=GroupName.objects.displayable())
    return EthnicGroup.objects.prefetch_related("languages", "scripts", "provinces", names)


def _first_of_each_kind(records: RecordQuerySet) -> dict[str, list[RecordLine]]:
    """Kind → the lines of its first records by name, in one query and its prefetches."""
    numbered = records.annotate(
        place=Window(RowNumber(), partition_by=F("record_type"), order_by=[F("title_vi").asc(), F("pk").asc()])
    ).filter(place__lte=SHOWN_PER_KIND)
    by_kind: dict[str, list[RecordLine]] = {}
    for line in lines(queries.for_lines(numbered.order_by("record_type", "title_vi"))):
        by_kind.setdefault(line.kind_code, []).append(line)
    return by_kind
