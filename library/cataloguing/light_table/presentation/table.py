"""A table as its page shows it: its groups with what their photographs say of themselves, what is unsorted, what was put aside."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library.calendars.edtf_dates import wording
from library.calendars.lunar import NotComputableError, lunar_day
from library.records.access.files import viewer_of
from library.records.models import Record
from library.records.models.identifiers import own_key
from library.records.profiles import profile
from library.vocabularies.models import AdminUnit

from ..facts import days
from ..models import LightTable, PhotographGroup
from ..places import place_of
from .doubles import Double, doubles
from .shots import REFUSED, Shot, on_the_way, shots_of

EDIT = "wagtailsnippets_records_record:edit"


class SameCode(NamedTuple):
    """The record that has the code of a group already."""

    title: str
    url: str
    key: int


@dataclass(frozen=True, slots=True)
class Section:
    """A group and its photographs. ``offered_day`` (EDTF, words) and ``offered_place``: what they say, as long as nobody took it over."""

    group: PhotographGroup
    shots: list[Shot]
    span: str
    common: str
    name: str
    offered_day: tuple[str, str] | None = None
    offered_place: AdminUnit | None = None
    record_url: str = ""
    same_code: SameCode | None = None

    @property
    def ready(self) -> bool:
        """Whether a record can be made of it now."""
        return not self.group.record_id and bool(self.group.title) and any(shot.usable for shot in self.shots)

    @property
    def place_words(self) -> str:
        """The offered place with the province above it."""
        unit = self.offered_place
        return ", ".join(each.label for each in (unit, unit.parent) if each) if unit else ""


@dataclass(frozen=True, slots=True)
class TableView:
    """All that the page shows of a table."""

    table: LightTable
    sections: list[Section]
    unsorted: list[Shot]
    aside: list[Shot]
    doubles: list[Double]
    on_the_way: int
    refused: int
    flags: dict[int, list[str]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Photographs on the table."""
        return sum(len(section.shots) for section in self.sections) + len(self.unsorted) + len(self.aside)

    @property
    def ready(self) -> list[Section]:
        """The groups of which records can be made now."""
        return [section for section in self.sections if section.ready]

    @property
    def without_caption(self) -> int:
        """Sorted photographs that nobody has described yet."""
        return sum(not shot.row.caption for section in self.sections for shot in section.shots if shot.usable)


def view_of(table: LightTable, user: Any) -> TableView:
    """The table for this person."""
    shots = shots_of(table, user)
    by_group: dict[int | None, list[Shot]] = defaultdict(list)
    for shot in shots:
        by_group[shot.row.lot_id].append(shot)
    groups = list(table.lots.select_related("record").prefetch_related("groups", "places"))
    known = _known_codes(table, groups, user)
    common = {row.pk for row in table.places.all()}
    sections = [_section(table, group, by_group[group.pk], known, common) for group in groups]
    pairs = doubles(shots, user)
    flags: dict[int, list[str]] = defaultdict(list)
    for pair in pairs:
        flags[pair.shot.row.pk].append(pair.words)
    return TableView(
        table,
        sections,
        [shot for shot in by_group[None] if not shot.row.set_aside],
        [shot for shot in by_group[None] if shot.row.set_aside],
        pairs,
        on_the_way(shots),
        sum(shot.state == REFUSED for shot in shots),
        dict(flags),
    )


def _section(table: LightTable, group: PhotographGroup, shots: list[Shot], known: dict[str, SameCode], common: set[int]) -> Section:
    record_type = group.record_type or table.record_type
    parts = [str(profile(record_type).label)] if group.record_type else []
    parts += [each.name for each in group.groups.all()] + [each.label for each in group.places.all()]
    parts += [wording(group.day)] if group.day else []
    name = group.title or group.code or _("Nhóm %(number)d") % {"number": group.number}
    section = Section(group, shots, _span(shots), " · ".join(parts), name)
    if group.record_id:
        return replace(section, record_url=reverse(EDIT, args=[group.record_id]))
    return replace(
        section,
        offered_day=None if group.day else _offered_day(shots),
        offered_place=None if group.places.all() else _offered_place(shots, record_type, common),
        same_code=known.get(group.code),
    )


def _span(shots: Sequence[Shot]) -> str:
    """From when to when the photographs were taken, as the cameras' clocks showed it."""
    times = sorted((shot.taken for shot in shots if shot.taken), key=lambda each: each.moment)
    if not times:
        return ""
    first, last = times[0].clock, times[-1].clock
    begin = f"{wording(first.date().isoformat())}, {date_format(first, 'G:i')}"
    if (first.date(), first.hour, first.minute) == (last.date(), last.hour, last.minute):
        return begin
    end = date_format(last, "G:i") if first.date() == last.date() else f"{wording(last.date().isoformat())}, {date_format(last, 'G:i')}"
    return _("%(first)s đến %(last)s") % {"first": begin, "last": end}


def _offered_day(shots: Sequence[Shot]) -> tuple[str, str] | None:
    edtf = days([shot.taken for shot in shots if shot.taken])
    if not edtf:
        return None
    words = wording(edtf)
    return edtf, words if "/" in edtf else f"{words} ({_lunar(edtf)})" if _lunar(edtf) else words


def _lunar(day: str) -> str:
    try:
        return _("%(day)s âm lịch") % {"day": lunar_day(date.fromisoformat(day))}
    except NotComputableError:
        return ""


def _offered_place(shots: Sequence[Shot], record_type: str, common: set[int]) -> AdminUnit | None:
    """Where the first photograph with a point was taken; nothing where the whole table says that place already."""
    where = next((shot.point for shot in shots if shot.point), None)
    unit = place_of(where, record_type) if where else None
    return None if unit is None or unit.pk in common else unit


def _known_codes(table: LightTable, groups: Sequence[PhotographGroup], user: Any) -> dict[str, SameCode]:
    """Own code → the record that has it, among those that the person may see."""
    if table.office is None:
        return {}
    keys = {own_key(table.office.code, group.code): group.code for group in groups if group.code and not group.record_id}
    found = Record.objects.visible_to(viewer_of(user)).filter(source_key__in=list(keys))
    return {keys[row.source_key or ""]: SameCode(row.title, reverse(EDIT, args=[row.pk]), row.pk) for row in found}
