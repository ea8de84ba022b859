"""The occurrences of festivals as rows, so that a page reads a month without reading every festival.

The rows follow the published records: they are written in the transaction of each change, and once a year for one more year
(``manage.py fill_festival_days``). What the calendar tells reaches from the first day of last year to the last day of the year
``YEARS_AHEAD`` from now. The rows reach a year further: on 1 January the calendar tells a new year, and its rows are there already.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils import timezone

from library.access import WITHDRAWN
from library.calendars.lunar import LAST_YEAR
from library.calendars.rules import occurrences_between
from library.many_rows import among

from ..models import FestivalOccurrence, Record
from .months import months_told
from .schedules import festival_types, schedule

YEARS_AHEAD = 5  # that the calendar tells
YEARS_FILLED_AHEAD = YEARS_AHEAD + 1
BATCH = 500  # festivals

# What a row says, without its keys: first day, last day, how the days are known, the month that words name.
Days = tuple[date | None, date | None, str, str]


def first_known_day() -> date:
    """The first day of the time that the calendar tells, and of the rows."""
    return date(timezone.localdate().year - 1, 1, 1)


def last_known_day() -> date:
    """The last day of the time that the calendar tells: the days of all festivals are filled until then."""
    return _end_of_year(YEARS_AHEAD)


def last_filled_day() -> date:
    """The last day of the rows that are written now."""
    return _end_of_year(YEARS_FILLED_AHEAD)


def _end_of_year(years_ahead: int) -> date:
    return date(min(timezone.localdate().year + years_ahead, LAST_YEAR), 12, 31)


def update_occurrences(record_ids: Iterable[int]) -> int:
    """Writes the rows of these records anew where they differ; a record that is no published festival has none.

    Returns how many records changed. A record that is deleted takes its rows along.
    """
    left = iter(dict.fromkeys(record_ids))
    changed = 0
    while ids := set(islice(left, BATCH)):
        changed += _update(ids)
    return changed


def _update(ids: set[int]) -> int:
    """Looks first without a lock: mostly nothing differs. What differs is read once more with its records locked, and written."""
    suspects = _differing(ids)
    if not suspects:
        return 0
    with transaction.atomic():
        list(Record.objects.filter(pk__in=suspects).order_by("pk").select_for_update().values_list("pk"))
        changed = _differing(suspects)
        FestivalOccurrence.objects.filter(record__in=changed).delete()
        FestivalOccurrence.objects.bulk_create(
            FestivalOccurrence(record_id=pk, start=start, end=end, status=status, month=month)
            for pk, expected in changed.items()
            for start, end, status, month in sorted(expected, key=lambda days: (days[0] or date.min, days[3]))
        )
    return len(changed)


def _differing(ids: Collection[int]) -> dict[int, set[Days]]:
    """Those of the records whose rows are not what they should be → what they should be."""
    stored = _stored(ids)
    public = Record.objects.filter(pk__in=ids, record_type__in=festival_types(), live=True).exclude(access_level=WITHDRAWN)
    festivals = public.only("record_type", "details")
    expected = {festival.pk: set(_days(festival)) for festival in festivals}
    return {pk: expected.get(pk, set()) for pk in ids if stored.get(pk, set()) != expected.get(pk, set())}


def update_all(progress: Callable[[int], None] = lambda done: None) -> int:
    """Brings the rows of all festivals up to date, in batches that are each committed: what a kill leaves undone, the next call does.

    Returns how many festivals changed.
    """
    done = changed = 0
    for ids in _batches():
        changed += update_occurrences(ids)
        done += len(ids)
        progress(done)
    return changed


def _batches() -> Iterator[list[int]]:
    """Keys of all festivals, and of what was one, in batches."""
    last = 0
    while True:
        festivals = Record.objects.filter(record_type__in=festival_types(), pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ids = list(festivals)
        if not ids:
            return
        yield ids
        last = ids[-1]


def _stored(ids: Collection[int]) -> dict[int, set[Days]]:
    stored: dict[int, set[Days]] = {}
    rows = FestivalOccurrence.objects.filter(among("record_id", ids))
    for pk, start, end, status, month in rows.values_list("record", "start", "end", "status", "month"):
        stored.setdefault(pk, set()).add((start, end, status, month))
    return stored


def _days(festival: Record) -> Iterator[Days]:
    dates = schedule(festival)
    if dates.only_words:
        for month in months_told(dates.rule, dates.words) or ("",):
            yield None, None, FestivalOccurrence.Status.WORDS, month
    for occurrence in occurrences_between(dates.rule, first_known_day(), last_filled_day(), dates.entered):
        yield occurrence.start, occurrence.end, occurrence.status, ""
