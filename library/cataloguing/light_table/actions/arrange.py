"""What is done with photographs on the table: sort, gather, move, turn, set aside, write under them. What became a record stays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from library.vocabularies.models import AdminUnit
from media_pipeline.models import Asset
from media_pipeline.text.cleaning import clean_line

from .. import sorting
from ..facts import taken
from ..models import CAPTION, TITLE, LightTable, Photograph, PhotographGroup

QUARTER, FULL = 90, 360  # degrees
PICTURES = Q(problem="") & (Q(asset=None) | Q(asset__kind=Asset.Kind.IMAGE))  # the rest becomes part of no record
FREE = Q(lot=None) | Q(lot__record=None)  # photographs that are part of no record yet


@contextmanager
def _locked(table: LightTable) -> Iterator[None]:
    """One change at a time: two pages that sort one table at once make no group twice."""
    with transaction.atomic():
        LightTable.objects.select_for_update().get(pk=table.pk)
        yield


def unsorted(table: LightTable) -> "QuerySet[Photograph]":
    """The photographs that are in no group and were not set aside."""
    return table.photographs.filter(lot=None, set_aside=False)


def sort_by_name(table: LightTable) -> int:
    """Groups the unsorted photographs by the names of their files and folders; returns how many groups this made."""
    with _locked(table):
        files = [(each.pk, each.name, each.folder) for each in unsorted(table).filter(PICTURES)]
        return _lay_out(table, sorting.by_name(files))


def sort_by_time(table: LightTable, gap: timedelta) -> int:
    """Groups the unsorted photographs by the time they were taken; those without a time stay. Returns how many groups this made."""
    with _locked(table):
        rows = unsorted(table).filter(PICTURES).exclude(asset=None).select_related("asset")
        moments = [(each.pk, when.moment) for each in rows if each.asset and (when := taken(each.asset.private_meta))]
        return _lay_out(table, sorting.by_time(moments, gap))


def _lay_out(table: LightTable, lots: Sequence[sorting.Lot]) -> int:
    """Puts lots on the table. One whose code or name a group there already has joins it."""
    there = {group.code or group.title: group for group in table.lots.filter(record=None)}
    for lot in lots:
        known = there.get(lot.code or lot.name) if lot.code or lot.name else None
        group = known or _new_group(table, title=lot.name[:TITLE], code=lot.code[:60])
        for order, key in enumerate(lot.keys):
            Photograph.objects.filter(pk=key).update(lot=group, order=order)
    return len(lots)


def _new_group(table: LightTable, **fields: Any) -> PhotographGroup:
    number = (table.lots.aggregate(last=Max("number"))["last"] or 0) + 1
    return PhotographGroup.objects.create(table=table, number=number, **fields)


def _chosen(table: LightTable, keys: Iterable[int]) -> "QuerySet[Photograph]":
    return table.photographs.filter(FREE, pk__in=list(keys))


def gather(table: LightTable, keys: Sequence[int]) -> PhotographGroup | None:
    """Makes one new group of the photographs; None when none of them is free."""
    with _locked(table):
        rows = list(_chosen(table, keys).values_list("pk", flat=True))
        if not rows:
            return None
        group = _new_group(table)
        Photograph.objects.filter(pk__in=rows).update(lot=group, set_aside=False)
        _drop_empty(table)
        return group


def move(table: LightTable, keys: Sequence[int], group: PhotographGroup | None) -> int:
    """Moves the photographs to a group that is no record yet, or out of all groups. Returns how many moved."""
    with _locked(table):
        if group is not None and (group.table_id != table.pk or group.record_id):
            return 0
        rows = list(_chosen(table, keys).values_list("pk", flat=True))
        moved = Photograph.objects.filter(pk__in=rows).update(lot=group, set_aside=False)
        _drop_empty(table)
        return moved


def set_aside(table: LightTable, keys: Sequence[int]) -> int:
    """Puts photographs aside: they become part of no record, and their files stay. Returns how many."""
    with _locked(table):
        rows = list(_chosen(table, keys).values_list("pk", flat=True))
        number = Photograph.objects.filter(pk__in=rows).update(lot=None, set_aside=True)
        _drop_empty(table)
        return number


def turn(table: LightTable, keys: Sequence[int]) -> int:
    """Turns photographs clockwise by a quarter. Their files are turned when they become a record. Returns how many."""
    with _locked(table):
        rows = list(_chosen(table, keys).values_list("pk", flat=True))
        return Photograph.objects.filter(pk__in=rows).update(turn=(F("turn") + QUARTER) % FULL)


def write(table: LightTable, captions: Mapping[int, str], titles: Mapping[int, str]) -> None:
    """Writes captions by photograph and titles by group. Those of a record stay: it is changed in its own form."""
    with _locked(table):
        for row in _chosen(table, captions):
            Photograph.objects.filter(pk=row.pk).update(caption=_line(captions[row.pk], CAPTION))
        for group in table.lots.filter(pk__in=list(titles), record=None):
            PhotographGroup.objects.filter(pk=group.pk).update(title=_line(titles[group.pk], TITLE))


def _line(text: str, longest: int) -> str:
    return clean_line(text).strip()[:longest]


def take_over(group: PhotographGroup, *, day: str = "", place: AdminUnit | None = None) -> None:
    """Writes what the photographs say of themselves into their group, because a person asked for it."""
    if group.record_id:
        return
    if day:
        PhotographGroup.objects.filter(pk=group.pk, record=None).update(day=day)
    if place is not None:
        group.places.set([place])


def _drop_empty(table: LightTable) -> None:
    """A group whose last photograph left is none any more."""
    table.lots.filter(record=None, photographs=None).delete()
