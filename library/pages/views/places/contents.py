"""What a reader finds at a place, whatever its level: festivals with their next days, products, kinds of record, the newest records."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.urls import reverse
from wagtail import hooks

from library.access import Viewer
from library.presentation import queries
from library.presentation.authorities import GroupEntry, group_entries
from library.presentation.lists.kinds import Kind, offered_kinds
from library.presentation.lists.lines import lines
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit

from ...presentation.links import LinkedWords
from ...queries.places import numbers_by_type, peoples_of
from ..festivals.calendar import next_festivals

COMING, PRODUCTS, NEWEST = 5, 6, 12
FESTIVAL, PRODUCT = "festival", "product"
# The records of the place among others, of which the first ``most`` of these types (of all types, where there are none) are shown.
Narrow = Callable[[RecordQuerySet, Collection[str], int], RecordQuerySet]
Within = Callable[[RecordQuerySet], RecordQuerySet]


def contents(narrow: Narrow, viewer: Viewer) -> dict[str, Any]:
    """What the template of every place shows of its records, of those that the viewer may see."""
    visible = queries.visible_records(viewer)
    listed = queries.shown_in_lists(visible)
    made = queries.types_of(PRODUCT)
    products = narrow(listed.filter(record_type__in=made), made, PRODUCTS).order_by("title_vi", "pk")
    newest = narrow(listed, (), NEWEST).order_by("-first_published_at", "-pk")
    return {
        "coming": next_festivals(narrow(visible, queries.types_of(FESTIVAL), COMING), COMING),
        "products": lines(queries.for_pictured_lines(products)[:PRODUCTS], pictured=True),
        "fresh": lines(queries.for_pictured_lines(newest)[:NEWEST], pictured=True),
    }


def counted_contents(within: Within, viewer: Viewer, facet: str) -> dict[str, Any]:
    """The same of a place whose records are few enough to be counted for each request, with the numbers.

    ``facet``: the condition of the search that finds these records, as it stands in an address.
    """
    here = within(queries.shown_in_lists(queries.visible_records(viewer)))
    counts = numbers_by_type(here)
    everything = f"{reverse('search')}?{facet}"
    kinds = [_searched(kind, everything) for kind in offered_kinds(counts) if kind.count]
    return {
        "kinds": kinds,
        "record_count": counts.total(),
        "all_url": everything,
        **contents(lambda records, types, most: within(records), viewer),
    }


def links_of(unit: AdminUnit) -> list[LinkedWords]:
    """What else of a place other packages show, each on a page of its own (hook ``place_links``)."""
    return [link for links in hooks.get_hooks("place_links") for link in links(unit)]


def peoples(within: Within, viewer: Viewer) -> list[GroupEntry]:
    """The peoples whose records are there, of those that the viewer may see."""
    return group_entries(peoples_of(within(queries.shown_in_lists(queries.visible_records(viewer)))))


def _searched(kind: Kind, everything: str) -> Kind:
    types = "".join(f"&loai={record_type}" for record_type in sorted(queries.types_of(kind.code)))
    return replace(kind, url=everything + types)
