"""The dates of records as rows, so that a page reads a century, a year or a day of the year without reading every record.

The rows follow the published records: they are written in the transaction of each change. Only what everybody who sees the record may
see has a row: of its own fields those that are public.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from library.access import PUBLIC, WITHDRAWN
from library.calendars.placing import place_of
from library.calendars.rules import VN_LUNAR
from library.many_rows import among

from .listings import heritage_types, listing_columns
from .models import Record, RecordDate, TimelineDate
from .profiles import all_profiles, profile
from .profiles.values import stored_values, value_list

COLUMNS = ("kind", "edtf", "wording", "century", "year", "first_day", "begins_on", "ends_on")
Columns = tuple[Any, ...]


def dated_types() -> frozenset[str]:
    """The record types whose own fields hold public dates."""
    dated = (own for own in all_profiles() if any(field.type == "edtf" and field.level == PUBLIC for field in own.fields))
    return heritage_types().union(*({own.code, *own.serves} for own in dated))


def update_timeline(record_ids: Iterable[int]) -> None:
    """Writes the rows of these records anew where they differ. A record that is not published or is withdrawn has none."""
    ids = list(dict.fromkeys(record_ids))
    stored = rows_by_record(TimelineDate.objects.filter(among("record_id", ids)).order_by("pk").values_list("record_id", *COLUMNS))
    expected = _expected(ids)
    changed = [pk for pk in ids if stored.get(pk) != expected.get(pk)]
    if not changed:
        return
    with transaction.atomic():
        TimelineDate.objects.filter(record__in=changed).delete()
        TimelineDate.objects.bulk_create(
            TimelineDate(record_id=pk, **dict(zip(COLUMNS, columns, strict=True))) for pk in changed for columns in expected.get(pk, [])
        )


def rows_by_record(rows: Iterable[Columns]) -> dict[int, list[Columns]]:
    """Key of a record → its rows without that key, each once."""
    by_record: dict[int, dict[Columns, None]] = {}
    for pk, *columns in rows:
        by_record.setdefault(pk, {})[tuple(columns)] = None
    return {pk: list(once) for pk, once in by_record.items()}


def _expected(ids: list[int]) -> dict[int, list[Columns]]:
    dates = RecordDate.objects.filter(among("record_id", ids), record__live=True).exclude(edtf="").exclude(record__access_level=WITHDRAWN)
    rows = [
        (pk, *columns)
        for pk, *told in dates.values_list("record_id", "edtf", "wording", "calendar__code")
        for columns in date_columns(*told)
    ]
    records = Record.objects.filter(among("pk", ids), record_type__in=dated_types(), live=True).exclude(access_level=WITHDRAWN)
    for record in records.only("record_type", "details"):
        rows += [(record.pk, *columns) for columns in detail_columns(record.record_type, record.details)]
    return rows_by_record(rows)


def date_columns(edtf: str, wording: str = "", calendar: str | None = None, kind: str = "") -> Iterator[Columns]:
    """The columns of one date in the order of ``COLUMNS``; none where it has no place."""
    try:
        place = place_of(edtf, lunar=calendar == VN_LUNAR)
    except ValueError:  # an old value that no form would take today
        return
    if place:
        yield kind, edtf, wording, place.century, place.year, place.first_day, place.begins_on, place.ends_on


def detail_columns(record_type: str, details: Any) -> Iterator[Columns]:
    """The columns of the dates in the own fields of a record: its listings, and fields of the profile that are open to everybody."""
    if record_type in heritage_types():
        for level, _list, _title, year, *_rest in listing_columns(details):
            yield from date_columns(year, kind=level)
    own = profile(record_type)
    stored = stored_values(own, details)
    for field in own.fields:
        if field.type == "edtf" and field.level == PUBLIC:
            for value in value_list(field, stored.get(field.key)):
                yield from date_columns(value, kind=field.key)
