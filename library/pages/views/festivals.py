"""The festival calendar, month by month, and the festivals that come next."""

import re
from collections.abc import Iterable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from library.calendars.lunar import FIRST_YEAR, LAST_YEAR
from library.calendars.rules import Occurrence
from library.records.models import Record
from library.records.queryset import RecordQuerySet

from .. import queries
from ..presentation.festivals.days import Coming, Schedule, coming, schedule
from ..presentation.festivals.month import last_day, month_page
from .public_view import public_page, reader

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """One month: a grid with both calendars, the festivals in it, and those known by words only."""
    first = _first_day(request.GET.get("thang", ""))
    schedules = _schedules(queries.seen_by(reader(request)))
    dated = _in_order([(pk, each.upcoming(first)) for pk, each in schedules.items()])
    here = [(days, pk) for days, pk in dated if days.start <= last_day(first)]
    undated = [pk for pk, each in schedules.items() if each.words and not each.rule.dated and not each.entered]
    found = _by_key([*(pk for _days, pk in here), *undated])
    agenda = [coming(found[pk], schedules[pk], days) for days, pk in here if pk in found]
    return render(
        request,
        "festivals/calendar.html",
        {
            "month": month_page(first, agenda),
            "agenda": agenda,
            "undated": [coming(found[pk], schedules[pk], None) for pk in undated if pk in found],
        },
    )


def next_festivals(seen: RecordQuerySet, most: int) -> list[Coming]:
    """The festivals that come next, the nearest first; those in season first of all."""
    after = timezone.localdate()
    schedules = _schedules(seen)
    nearest = _in_order((pk, each.upcoming(after)) for pk, each in schedules.items())[:most]
    found = _by_key([pk for _days, pk in nearest])
    return [coming(found[pk], schedules[pk], days) for days, pk in nearest if pk in found]


def _schedules(seen: RecordQuerySet) -> dict[int, Schedule]:
    festivals = seen.filter(record_type__in=queries.types_of("festival")).only("pk", "record_type", "details").order_by("title_vi")
    return {each.pk: schedule(each) for each in festivals}


def _in_order(dated: Iterable[tuple[int, tuple[Occurrence, ...]]]) -> list[tuple[Occurrence, int]]:
    """The first coming of each festival with its key, the earliest first."""
    return sorted(((days[0], pk) for pk, days in dated if days), key=lambda pair: (pair[0].start, pair[0].end, pair[1]))


def _by_key(keys: list[int]) -> dict[int, Record]:
    return {each.pk: each for each in queries.for_lines(Record.objects.filter(pk__in=keys))} if keys else {}


def _first_day(wanted: str) -> date:
    """The first day of the month that the address names, else of this month."""
    if not wanted:
        return timezone.localdate().replace(day=1)
    match = MONTH.fullmatch(wanted)
    first = date(int(match[1]), int(match[2]), 1) if match and int(match[1]) else None
    if first is None or not FIRST <= first <= LAST:
        raise Http404(_("Lịch không có tháng này."))
    return first
