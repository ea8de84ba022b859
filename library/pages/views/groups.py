"""The list of the 54 groups and the portal of each."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from library.access import ANONYMOUS, Viewer
from library.curation.published import portal_text
from library.metadata.calendar_file import about_kilobytes
from library.presentation import queries
from library.presentation.authorities import families, regions
from library.presentation.lists.kinds import offered_kinds
from library.presentation.lists.lines import RecordLine, lines
from library.presentation.share_cards import card_link, group_card
from library.presentation.words.lists import lists_of
from library.records.listings import heritage_types
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import EthnicGroup, GroupName

from ..presentation.groups import group_page
from ..presentation.introductions import introduction
from ..presentation.linked_data import group_data
from ..queries.counts import Counts, counts_for
from ..queries.festivals import times_in_file
from ..queries.listings import by_first_year, closed_listings_of, with_listings
from ..queries.narrowing import in_group, walk_is_shorter
from ..queries.peoples import earliest_history, place_by_size, sources_of
from ..queries.sounds import with_sound
from .public_view import public_page, request_viewer

SHOWN_PER_KIND, SHOWN_LISTED = 8, 40


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
    by_kind = _first_of_each_kind(viewer, own, counts)
    group = group_page(own)
    history = earliest_history(queries.visible_records(viewer), own)
    return {
        "group": group,
        "word_lists": lists_of(own),
        "linked_data": group_data(group),
        "card": card_link("group-card", own.slug, group_card(own)),
        "introduction": introduction(group, place_by_size(own), history, sources_of(own)),
        "editorial_text": portal_text(viewer, group=own.pk),
        "regions": regions({}),
        "sections": [(kind, by_kind.get(kind.code, [])) for kind in kinds if kind.count],
        "closed_listings": closed_listings_of(_own_names(own), viewer),
        "file_kilobytes": about_kilobytes(times_in_file(in_group(queries.visible_records(ANONYMOUS), own, walk=True))),
        "sound_feed": _sound_feed(own),
        "empty_kinds": [kind for kind in kinds if not kind.count],
        "record_count": sum(kind.count for kind in kinds),
    }


def _sound_feed(own: EthnicGroup) -> str:
    """The address of the people's podcast; empty while there would be nothing in it."""
    return reverse("group-sounds", args=[own.slug]) if own.has_sound else ""  # type: ignore[attr-defined]  # asked with the people


def _own_names(group: EthnicGroup) -> list[str]:
    """The names by which decisions call the people: those that are shown, without the English ones."""
    names = [row.name for row in group.names.all() if row.kind != GroupName.Kind.ENGLISH]
    return list(dict.fromkeys([group.name_vi, *names]))


def groups_with_authorities() -> QuerySet[EthnicGroup]:
    names = Prefetch("names", queryset=GroupName.objects.displayable())
    return EthnicGroup.objects.prefetch_related("languages", "scripts", "provinces", names).annotate(has_sound=with_sound())


def _first_of_each_kind(viewer: Viewer, group: EthnicGroup, counts: Counts) -> dict[str, list[RecordLine]]:
    """Kind → the lines of its first records, in one query for each type of record and the queries of all lines."""
    records = queries.visible_records(viewer)
    keys: list[int] = []
    for record_type, count in counts.in_group(group.pk).items():
        of_type = queries.shown_in_lists(records.filter(record_type=record_type))
        keys += _first(of_type, record_type, group, walk_is_shorter(count, counts.all[record_type], SHOWN_PER_KIND))
    found = queries.for_lines(records.filter(pk__in=keys)).in_bulk()
    by_kind: dict[str, list[RecordLine]] = {}
    for line in with_listings(lines(found[key] for key in keys if key in found), viewer):
        by_kind.setdefault(line.kind_code, []).append(line)
    return by_kind


def _first(of_type: RecordQuerySet, record_type: str, group: EthnicGroup, walk: bool) -> "QuerySet[Record, int]":
    """Keys of the first records of a group in one type: by name, and what is listed by the year of its first listing."""
    if record_type in heritage_types():
        return by_first_year(in_group(of_type, group, walk=False)).values_list("pk", flat=True)[:SHOWN_LISTED]
    return in_group(of_type, group, walk).order_by("title_vi", "pk").values_list("pk", flat=True)[:SHOWN_PER_KIND]
