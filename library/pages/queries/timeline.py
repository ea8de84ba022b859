"""The dates of the records that a viewer may see: how many in each century and year, one century, and what falls on a day of the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from library.access import ANONYMOUS, Viewer
from library.calendars.placing import anniversaries
from library.presentation.queries import shown_in_lists, visible_records
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from .all_peoples import of_all_peoples
from .narrowing import in_group, in_province
from .remembered import Remembered

FIRST = 3  # dates of each century that the whole timeline shows
MOST_OF_DAY = 12  # dates that fall on a day of the year
COLUMNS = ("pk", "timeline_dates__kind", "timeline_dates__edtf", "timeline_dates__wording", "timeline_dates__year")
Row = tuple[int, str, str, str, int | None]
Years = Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole timeline: century → year, or None where only the century is known → number of dates; the first dates of each century.

    ``groups``: key of a people → number of dates; ``provinces``: code of a province → number of dates.
    """

    centuries: Mapping[int, Years]
    first: list[tuple[int, Row]]
    groups: dict[int, int]
    provinces: dict[str, int]


def dated_records(viewer: Viewer, group: EthnicGroup | None = None, province: AdminUnit | None = None) -> RecordQuerySet:
    """The records whose dates the timeline tells: of a people, of a province, or all."""
    records = shown_in_lists(visible_records(viewer)).order_by()
    records = in_group(records, group, walk=False) if group else records
    return in_province(records, province) if province else records


def overview(viewer: Viewer, group: EthnicGroup | None = None, province: AdminUnit | None = None) -> Overview:
    """The whole timeline; what everybody may see of all records may be some seconds old."""
    if viewer == ANONYMOUS and not group and not province:
        return _public.value()
    return _read(dated_records(viewer, group, province))


def dates_in(records: RecordQuerySet, century: int, year: int | None) -> "QuerySet[Record, Row]":
    """Rows of the dates in a century, or in one year of it: those without a year first, then the earliest first."""
    place = {"timeline_dates__century": century} | ({"timeline_dates__year": year} if year else {})
    order = (F("timeline_dates__year").asc(nulls_first=True), "timeline_dates__first_day", "pk")
    return records.filter(**place).order_by(*order).values_list(*COLUMNS)


def on_day(records: RecordQuerySet, day: date) -> "QuerySet[Record, Row]":
    """Rows of the dates that come round again on a day, in either calendar, the earliest first."""
    names = anniversaries(day)
    falling = Q(timeline_dates__begins_on__in=names) | Q(timeline_dates__ends_on__in=names)
    return records.filter(falling).order_by("timeline_dates__first_day", "pk").values_list(*COLUMNS)[:MOST_OF_DAY]


def _read(records: RecordQuerySet) -> Overview:
    dated = records.filter(timeline_dates__isnull=False)
    centuries: dict[int, dict[int | None, int]] = {}
    place = ("timeline_dates__century", "timeline_dates__year")
    for century, year, count in dated.values_list(*place).annotate(Count("timeline_dates")).order_by(*place):
        centuries.setdefault(century, {})[year] = count
    return Overview(centuries, _first_of_each(records), _by_group(dated), _by_province(dated))


def _first_of_each(records: RecordQuerySet) -> list[tuple[int, Row]]:
    """Century and row of the first dates of each century, those without a year after those that have one."""
    order = (F("timeline_dates__year").asc(nulls_last=True), "timeline_dates__first_day", "pk")
    number = Window(RowNumber(), partition_by=F("timeline_dates__century"), order_by=order)
    rows = records.filter(timeline_dates__isnull=False).annotate(number=number).filter(number__lte=FIRST).order_by(*order)
    return [(century, tuple(row)) for century, *row in rows.values_list("timeline_dates__century", *COLUMNS)]


def _by_group(dated: RecordQuerySet) -> dict[int, int]:
    own = dated.filter(groups__isnull=False).exclude(pk__in=of_all_peoples())
    return dict(own.values_list("groups").annotate(Count("timeline_dates")))


def _by_province(dated: RecordQuerySet) -> dict[str, int]:
    province = Case(When(places__level=AdminUnit.Level.PROVINCE, then=F("places__code")), default=F("places__parent__code"))
    placed = dated.filter(places__isnull=False).annotate(province=province).exclude(province=None)
    return dict(placed.values_list("province").annotate(Count("timeline_dates", distinct=True)))


_public = Remembered(lambda: _read(dated_records(ANONYMOUS)))
