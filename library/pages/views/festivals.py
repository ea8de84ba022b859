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
from ..presentation.festivals.days import ComingFestival, coming_festival
from ..presentation.festivals.month import last_day, month_page
from ..presentation.festivals.schedules import Schedule, schedule
from .public_view import public_page, request_viewer

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@public_page
def festival_calendar(request: HttpRequest) -> HttpResponse:
    """One month: a grid with both calendars, the festivals in it, and those known by words only."""
    first = _first_day(request.GET.get("thang", ""))
    schedules = _schedules(queries.visible_records(request_viewer(request)))
    dated = _in_order([(pk, dates.upcoming(first)) for pk, dates in schedules.items()])
    here = [(days, pk) for days, pk in dated if days.start <= last_day(first)]
    undated = [pk for pk, dates in schedules.items() if dates.words and not dates.rule.dated and not dates.entered]
    festivals = _by_key([*(pk for _days, pk in here), *undated])
    agenda = [coming_festival(festivals[pk], schedules[pk], days) for days, pk in here if pk in festivals]
    return render(
        request,
        "festivals/calendar.html",
        {
            "month": month_page(first, agenda),
            "agenda": agenda,
            "undated": [coming_festival(festivals[pk], schedules[pk], None) for pk in undated if pk in festivals],
        },
    )


def next_festivals(records: RecordQuerySet, most: int) -> list[ComingFestival]:
    """The festivals that come next, the nearest first; those in season first of all."""
    after = timezone.localdate()
    schedules = _schedules(records)
    nearest = _in_order((pk, dates.upcoming(after)) for pk, dates in schedules.items())[:most]
    festivals = _by_key([pk for _days, pk in nearest])
    return [coming_festival(festivals[pk], schedules[pk], days) for days, pk in nearest if pk in festivals]


def _schedules(records: RecordQuerySet) -> dict[int, Schedule]:
    festivals = records.filter(record_type__in=queries.types_of("festival")).only("pk", "record_type", "details").order_by("title_vi")
    return {festival.pk: schedule(festival) for festival in festivals}


def _in_order(dated: Iterable[tuple[int, tuple[Occurrence, ...]]]) -> list[tuple[Occurrence, int]]:
    """The first occurrence of each festival with its key, the earliest first."""
    return sorted(((days[0], pk) for pk, days in dated if days), key=lambda pair: (pair[0].start, pair[0].end, pair[1]))


def _by_key(keys: list[int]) -> dict[int, Record]:
    return {record.pk: record for record in queries.for_lines(Record.objects.filter(pk__in=keys))} if keys else {}


def _first_day(month: str) -> date:
    """The first day of the month that the address names, else of the current month."""
    if not month:
        return timezone.localdate().replace(day=1)
    match = MONTH.fullmatch(month)
    first = date(int(match[1]), int(match[2]), 1) if match and int(match[1]) else None
    if first is None or not FIRST <= first <= LAST:
        raise Http404(_("Lịch không có tháng này."))
    return first
