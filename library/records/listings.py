"""The listings of heritage records as rows, so that a page finds a decision without reading every record.

The rows follow the published records: they are written in the transaction of each change.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from library.access import WITHDRAWN
from library.many_rows import among

from .models import HeritageListing, Record
from .profiles import profile
from .profiles.values import stored_values

HERITAGE = "heritage-element"
DECIDED = ("unesco", "national", "province")  # levels of a listing that the state, or UNESCO, has made public
LARGEST_NUMBER = 999_999
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_COLUMNS = ("level", "list_name", "title", "year", "decision", "first_number", "last_number", "places")
Columns = tuple[Any, ...]


def heritage_types() -> frozenset[str]:
    """The record types whose profile has listings."""
    return frozenset({HERITAGE, *profile(HERITAGE).serves})


def update_listings(record_ids: Iterable[int]) -> None:
    """Writes the rows of these records anew where they differ. A record that is not published or is withdrawn has none."""
    ids = list(dict.fromkeys(record_ids))
    records = Record.objects.filter(pk__in=ids, record_type__in=heritage_types(), live=True).exclude(access_level=WITHDRAWN)
    expected = {record.pk: list(listing_columns(record.details)) for record in records.only("record_type", "details")}
    stored: dict[int, list[Columns]] = {}
    for pk, *columns in HeritageListing.objects.filter(among("record_id", ids)).order_by("pk").values_list("record_id", *_COLUMNS):
        stored.setdefault(pk, []).append(tuple(columns))
    changed = [pk for pk in ids if stored.get(pk, []) != expected.get(pk, [])]
    if not changed:
        return
    with transaction.atomic():
        HeritageListing.objects.filter(record__in=changed).delete()
        HeritageListing.objects.bulk_create(
            HeritageListing(record_id=pk, **dict(zip(_COLUMNS, columns, strict=True))) for pk in changed for columns in expected.get(pk, [])
        )


def listing_columns(details: Any) -> Iterator[Columns]:
    """The columns of each public listing in the fields of a record, in the order of ``_COLUMNS``."""
    for listing in stored_values(profile(HERITAGE), details).get("listings", []):
        if listing.get("level") in DECIDED and listing.get("title"):
            decision = listing.get("decision", "")
            texts = (listing["level"], listing.get("list", ""), listing["title"], listing.get("year", "")[:40], decision)
            yield (*texts, *numbers_of(decision), listing.get("places", ""))


def numbers_of(decision: str) -> tuple[int | None, int | None]:
    """The first and the last number of a decision: 3437 and 3439 of "3437-3439/QĐ-BVHTTDL"; None where it begins with no number."""
    match = _NUMBERS.match(decision.strip())
    if not match or int(match[1]) > LARGEST_NUMBER:
        return None, None
    first = int(match[1])
    last = int(match[2]) if match[2] else first
    return first, last if first <= last <= LARGEST_NUMBER else first
