"""What public decisions say of listed heritage: open to every reader, whatever the record behind it is open to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from library.access import Viewer
from library.presentation.queries import visible_records
from library.records.models import HeritageListing, Record

MOST_CLOSED = 40  # listings that are told of where their records are closed
TOLD = ("title", "list_name", "year", "decision", "places")  # as in PublicListing


@dataclass(frozen=True, slots=True)
class PublicListing:
    """One listing as the decision has it. ``url`` leads to the record; it is empty where the viewer may not see that."""

    title: str
    list_name: str
    year: str
    decision: str
    places: str
    url: str


def listings_decided(number: int, viewer: Viewer) -> list[PublicListing]:
    """The listings of every decision of this number."""
    return _public(HeritageListing.objects.filter(first_number__lte=number, last_number__gte=number), viewer)


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


def listings_of(record: Record, viewer: Viewer) -> list[PublicListing]:
    """The listings of a record: of a practice all that belong to it, each with its own record."""
    own = HeritageListing.objects.filter(record=record)
    each = HeritageListing.objects.filter(record__relations__target=record, record__relations__kind="listing_of")
    return _public([*own, *each], viewer)


def _public(rows: Iterable[HeritageListing], viewer: Viewer) -> list[PublicListing]:
    """Each listing once, by year. A practice repeats the listings of its records: the record with the fewest tells best."""
    every = list(rows)
    records = {record.pk: record for record in visible_records(viewer).filter(pk__in={row.record_id for row in every}).only("identifier")}
    rows_of_record = Counter(row.record_id for row in every)
    every.sort(key=lambda row: (row.record_id not in records, rows_of_record[row.record_id], row.pk))
    once: dict[tuple[str, ...], PublicListing] = {}
    for row in every:
        url = records[row.record_id].get_absolute_url() if row.record_id in records else ""
        listing = PublicListing(row.title, row.list_name, row.year, row.decision, row.places, url)
        once.setdefault((row.title, row.year, row.decision, row.places), listing)
    return sorted(once.values(), key=lambda listing: (listing.year, listing.title))
