"""What public decisions say of listed heritage: open to every reader, whatever the record behind it is open to."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from library.access import Viewer
from library.presentation.lists.lines import RecordLine
from library.presentation.lists.listings import PublicListing
from library.presentation.queries import LISTING_OF, visible_records
from library.records.models import HeritageListing, Record
from library.records.queryset import RecordQuerySet

MOST_CLOSED = 40  # listings that are told of where their records are closed
TOLD = ("title", "list_name", "year", "decision", "places")  # as in PublicListing


def listings_decided(number: int, viewer: Viewer) -> list[PublicListing]:
    """The listings of every decision of this number."""
    rows = HeritageListing.objects.filter(first_number__lte=number, last_number__gte=number)
    return _once(rows, _open_records(rows, viewer))


def closed_listings_named(words: Sequence[str], viewer: Viewer) -> list[PublicListing]:
    """The first listings of records that the viewer may not see in whose folded title all of the folded words stand, also in parts.

    What a record that is open tells too is left out.
    """
    if not words:
        return []
    visible = Exists(visible_records(viewer).filter(pk=OuterRef("record")))
    rows = HeritageListing.objects.filter(~visible)
    for word in words:
        rows = rows.filter(title_key__contains=word)
    closed = list(rows.order_by("title_key").values_list("title_key", *TOLD).distinct()[:MOST_CLOSED])  # in the order of an index
    keys = {key for key, *_told in closed}
    told = set(HeritageListing.objects.filter(visible, title_key__in=keys).values_list(*TOLD).distinct()) if keys else set()
    listings = [
        PublicListing(title, list_name, year, decision, places, url="")
        for _key, title, list_name, year, decision, places in closed
        if (title, list_name, year, decision, places) not in told
    ]
    return sorted(listings, key=lambda listing: (listing.year, listing.title))


def closed_listings_of(peoples: Sequence[str], viewer: Viewer) -> list[PublicListing]:
    """The first listings of records that the viewer may not see whose titles say "of the people …", by one of these names."""
    words = [f"người {name}" for name in peoples]
    visible = Exists(visible_records(viewer).filter(pk=OuterRef("record")))
    named = Q(*[("title__contains", each) for each in words], _connector=Q.OR)
    rows = HeritageListing.objects.filter(~visible, named).order_by("year", "title_key", "pk")[:MOST_CLOSED]
    whole = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in words))
    return _once([row for row in rows if whole.search(row.title)], {})


def by_first_year(records: RecordQuerySet) -> RecordQuerySet:
    """The records in the order in which they were listed first."""
    years = HeritageListing.objects.filter(record=OuterRef("pk")).exclude(year="").order_by("year").values("year")[:1]
    return records.order_by(Subquery(years).asc(nulls_last=True), "title_vi", "pk")


def listings_of(record: Record, viewer: Viewer) -> list[PublicListing]:
    """The listings of a record: of a practice all that belong to it, each with its own record."""
    rows = _rows_of([record.identifier])
    return _once(rows, _open_records(rows, viewer))


def with_listings(lines: Iterable[RecordLine], viewer: Viewer) -> list[RecordLine]:
    """The lines, each with the listings of its record; in a fixed number of queries."""
    every = list(lines)
    rows = _rows_of([line.identifier for line in every])
    records = _open_records(rows, viewer)
    by_line: dict[str, list[HeritageListing]] = {}
    for row in rows:
        by_line.setdefault(row.listed, []).append(row)
    return [replace(line, listings=tuple(_once(by_line.get(line.identifier, ()), records))) for line in every]


def _rows_of(identifiers: Sequence[str]) -> list[Any]:
    """The listings of these records and those that hang under them; ``listed`` is the identifier of what they list."""
    own = HeritageListing.objects.filter(record__identifier__in=identifiers).annotate(listed=F("record__identifier"))
    hanging = HeritageListing.objects.filter(record__relations__kind=LISTING_OF, record__relations__target__identifier__in=identifiers)
    return [*own, *hanging.annotate(listed=F("record__relations__target__identifier"))]


def _open_records(rows: Iterable[HeritageListing], viewer: Viewer) -> Mapping[int, Record]:
    """The records of these listings that the viewer may see, by key."""
    keys = {row.record_id for row in rows}
    return {record.pk: record for record in visible_records(viewer).filter(pk__in=keys).only("identifier")} if keys else {}


def _once(rows: Iterable[HeritageListing], records: Mapping[int, Record]) -> list[PublicListing]:
    """Each listing once, by year. A practice repeats the listings of its records: the record with the fewest tells best."""
    every = list(rows)
    rows_of_record = Counter(row.record_id for row in every)
    every.sort(key=lambda row: (row.record_id not in records, rows_of_record[row.record_id], row.pk))
    once: dict[tuple[str, ...], PublicListing] = {}
    for row in every:
        url = records[row.record_id].get_absolute_url() if row.record_id in records else ""
        listing = PublicListing(row.title, row.list_name, row.year, row.decision, row.places, url)
        once.setdefault((row.title, row.year, row.decision, row.places), listing)
    return sorted(once.values(), key=lambda listing: (listing.year, listing.title))
