"""The days of festivals that a viewer may see: what comes next, a month, and the festivals that are known by words only."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import count

from django.db.models import Count, QuerySet
from django.utils import timezone

from library.access import ANONYMOUS, Viewer
from library.calendars.rules import Occurrence
from library.presentation.queries import for_lines, visible_records
from library.records.festivals.months import place_in_year
from library.records.models import FestivalOccurrence, Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit

from .narrowing import in_province
from .remembered import Remembered

LONGEST = timedelta(days=400)  # no festival lasts longer: what begins earlier is over
COLUMNS = ("pk", "festival_occurrences__start", "festival_occurrences__end", "festival_occurrences__status")
DETAILS = ("details", "first_published_at", "last_published_at")
MOST_IN_FILE = 1_000  # occurrences in a calendar file, the nearest first
AT_ONCE = 4  # rows read for each festival that is asked for: a festival may have several days soon
Row = tuple[int, date, date, str]
MonthsNamed = Mapping[int, frozenset[str]]


def next_occurrences(records: RecordQuerySet, after: date, most: int) -> list[tuple[int, Occurrence]]:
    """Key of a festival and its first occurrence that ends on or after a day, the nearest first; those in season first of all."""
    rows = _in_order(records.filter(festival_occurrences__start__gte=after - LONGEST, festival_occurrences__end__gte=after))
    nearest: dict[int, Occurrence] = {}
    size = most * AT_ONCE
    for start in count(0, size):
        some = [occurrence_of(row) for row in rows[start : start + size]]
        for pk, occurrence in some:
            nearest.setdefault(pk, occurrence)
        if len(nearest) >= most or len(some) < size:
            break
    return list(nearest.items())[:most]


def next_of_each(keys: Iterable[int], after: date) -> dict[int, Occurrence]:
    """The first occurrence of each festival that ends on or after a day, by the key of the festival; in one query."""
    festivals = Record.objects.filter(pk__in=list(keys), festival_occurrences__end__gte=after)
    nearest: dict[int, Occurrence] = {}
    for pk, occurrence in map(occurrence_of, _in_order(festivals)):
        nearest.setdefault(pk, occurrence)
    return nearest


def occurrences_in(records: RecordQuerySet, first: date, last: date) -> "QuerySet[Record, Row]":
    """Rows of all occurrences with a day from ``first`` to ``last``, the earliest first."""
    return _in_order(_overlapping(records, first, last))


def spans_in(records: RecordQuerySet, first: date, last: date) -> list[tuple[date, date, int]]:
    """First day, last day and number of the occurrences with a day from ``first`` to ``last``."""
    spans = _overlapping(records, first, last).order_by().values_list("festival_occurrences__start", "festival_occurrences__end")
    return list(spans.annotate(Count("pk")))


def firm_occurrences(records: RecordQuerySet) -> "QuerySet[Record, Row]":
    """Rows of the occurrences from the beginning of this year whose days are computed or entered, not only about; the earliest first."""
    firm = (FestivalOccurrence.Status.COMPUTED, FestivalOccurrence.Status.ENTERED)
    this_year = date(timezone.localdate().year, 1, 1)
    return _in_order(records.filter(festival_occurrences__start__gte=this_year, festival_occurrences__status__in=firm))


def times_in_file(records: RecordQuerySet) -> int:
    """How many of the firm occurrences a calendar file holds."""
    return firm_occurrences(records)[:MOST_IN_FILE].count()


def known_by_words(viewer: Viewer, province: AdminUnit | None = None, months: Collection[str] = ()) -> Sequence[int]:
    """Keys of the festivals whose day is known by words only, by season; of one province, or of all; that name one of ``months``, or all.

    What everybody may see is remembered, so a key may be some seconds old: read its record by the access rule.
    """
    if viewer == ANONYMOUS:
        named = _public_by_words.value().get(province.pk if province else None, {})
    else:
        visible = visible_records(viewer)
        records = in_province(visible, province, walk=True) if province else visible
        named = _months_of(_by_words(records).values_list("pk", "festival_occurrences__month"))
    return [pk for pk, told in named.items() if not months or told & set(months)]


def _by_words(records: RecordQuerySet) -> RecordQuerySet:
    return records.filter(festival_occurrences__status=FestivalOccurrence.Status.WORDS).order_by(
        "title_vi", "pk", "festival_occurrences__pk"
    )


def _months_of(rows: Iterable[tuple[int, str]]) -> MonthsNamed:
    """Key of a festival → the months that its words name, by season; those of one season stay in their order."""
    named: dict[int, dict[str, None]] = defaultdict(dict)
    for pk, month in rows:
        named[pk][month] = None
    in_season = sorted(named.items(), key=lambda item: place_in_year(filter(None, item[1])))
    return {pk: frozenset(months) for pk, months in in_season}


def _read_public_by_words() -> Mapping[int | None, MonthsNamed]:
    """Key of a place, and of the province around it → its festivals; those of all places under None."""
    by_unit: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    columns = ("pk", "festival_occurrences__month", "places", "places__parent")
    for pk, month, place, province in _by_words(visible_records(ANONYMOUS)).values_list(*columns):
        for unit in {None, place, province}:
            by_unit[unit].append((pk, month))
    return {unit: _months_of(rows) for unit, rows in by_unit.items()}


_public_by_words = Remembered(_read_public_by_words)


def occurrence_of(row: Row) -> tuple[int, Occurrence]:
    """Key of the festival and the occurrence in a row."""
    pk, start, end, status = row
    return pk, Occurrence(start, end, status)  # type: ignore[arg-type]


def festivals_by_key(keys: Iterable[int], viewer: Viewer | None = None) -> dict[int, Record]:
    """The festivals with all that their lines show, and the details that tell their rule. With ``viewer`` only what he may see."""
    records = Record.objects.all() if viewer is None else visible_records(viewer)
    return {record.pk: record for record in for_lines(records.filter(pk__in=list(keys)), *DETAILS)}


def _overlapping(records: RecordQuerySet, first: date, last: date) -> RecordQuerySet:
    return records.filter(
        festival_occurrences__start__gte=first - LONGEST, festival_occurrences__start__lte=last, festival_occurrences__end__gte=first
    )


def _in_order(records: RecordQuerySet) -> "QuerySet[Record, Row]":
    order = ("festival_occurrences__start", "festival_occurrences__end", "pk")
    return records.order_by(*order).values_list(*COLUMNS)
