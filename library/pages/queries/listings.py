"""What public decisions say of listed heritage: open to every reader, whatever the record behind it is open to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from library.access import Viewer
from library.records.models import HeritageListing, Record

from . import visible_records

MOST_CLOSED = 40  # listings that are told of where their records are closed


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
    """The first listings of records that the viewer may not see in whose folded title all of the folded words stand, also in parts."""
    rows = HeritageListing.objects.exclude(Exists(visible_records(viewer).filter(pk=OuterRef("record"))))
    for word in words:
        rows = rows.filter(title_key__contains=word)
    first = rows.order_by("title_key", "pk").values_list("title_key", flat=True)[:MOST_CLOSED]  # in the order of an index
    titles = list(first) if words else []
    same = HeritageListing.objects.filter(title_key__in=titles) if titles else []  # a record that is open may tell of the same one
    return [listing for listing in _public(same, viewer) if not listing.url]


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
