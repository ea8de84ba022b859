"""The list of the 54 groups and the portal of each."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.access import Viewer
from library.curation.published import portal_text
from library.presentation import queries
from library.presentation.authorities import families, regions
from library.presentation.lists.kinds import offered_kinds
from library.presentation.lists.lines import RecordLine, lines
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import EthnicGroup, GroupName

from ..presentation.groups import group_page
from ..presentation.linked_data import group_data
from ..queries.counts import Counts, counts_for
from ..queries.narrowing import in_group, walk_is_shorter
from .public_view import public_page, request_viewer

SHOWN_PER_KIND = 8


@public_page
def group_list(request: HttpRequest) -> HttpResponse:
    """All 54, by language family and branch."""
    return render(request, "groups/list.html", {"families": families()})


@public_page
def group_portal(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: names, language, where, and the first records of each kind."""
    own = get_object_or_404(groups_with_authorities(), slug=slug)
    return render(request, "groups/detail.html", portal_context(own, request_viewer(request)))


def portal_context(own: EthnicGroup, viewer: Viewer) -> dict[str, Any]:
    """What the template needs."""
    counts = counts_for(viewer)
    kinds = offered_kinds(counts.in_group(own.pk), f"dan-toc={own.slug}")
    by_kind = _first_of_each_kind(queries.visible_records(viewer), own, counts)
    group = group_page(own)
    return {
        "group": group,
        "linked_data": group_data(group),
        "editorial_text": portal_text(viewer, group=own.pk),
        "regions": regions({}),
        "sections": [(kind, by_kind.get(kind.code, [])) for kind in kinds if kind.count],
        "empty_kinds": [kind for kind in kinds if not kind.count],
        "record_count": sum(kind.count for kind in kinds),
    }


def groups_with_authorities() -> QuerySet[EthnicGroup]:
    names = Prefetch("names", queryset=GroupName.objects.displayable())
    return EthnicGroup.objects.prefetch_related("languages", "scripts", "provinces", names)


def _first_of_each_kind(records: RecordQuerySet, group: EthnicGroup, counts: Counts) -> dict[str, list[RecordLine]]:
    """Kind → the lines of its first records by name, in one query for each type of record and the prefetches of all."""
    keys: list[int] = []
    for record_type, count in counts.in_group(group.pk).items():
        walk = walk_is_shorter(count, counts.all[record_type], SHOWN_PER_KIND)
        of_type = in_group(records.filter(record_type=record_type), group, walk).order_by("title_vi", "pk")
        keys += of_type.values_list("pk", flat=True)[:SHOWN_PER_KIND]
    by_kind: dict[str, list[RecordLine]] = {}
    for line in lines(queries.for_lines(records.filter(pk__in=keys).order_by("record_type", "title_vi", "pk"))):
        by_kind.setdefault(line.kind_code, []).append(line)
    return by_kind
