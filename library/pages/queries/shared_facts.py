"""Records that share a fact with one: a place, a material, a season, a people.

A fact is what both published records say of themselves and everybody may read; the search is not asked. The number of queries is the
same in any library: of each kind of fact the newest ``MOST_READ`` records are looked at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from django.db.models import Q
from django.utils import timezone

from library.access import PUBLIC, Viewer
from library.presentation.queries import WORDS, for_lines, shown_in_lists, types_of, visible_records, without_words
from library.records.models import Record
from library.records.profiles import Profile, profile
from library.records.queryset import RecordQuerySet
from library.records.terms.details import codes_in

from .all_peoples import of_all_peoples

PLACE, MATERIAL, SEASON, PEOPLE = KINDS = ("place", "material", "season", "people")  # the most telling first
WEIGHTS = {PLACE: 1, MATERIAL: 3, SEASON: 2, PEOPLE: 1}
FINER = 3  # what a commune weighs more than a province
MOST_READ, MOST_SHOWN = 12, 5
MOST_PEOPLES = 4  # what is about more of them is not of one
MATERIALS = "materials"
SEASON_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SharedFact:
    """One fact. ``key``: of a place or a people its primary key, of a material its code; empty for a season."""

    kind: str
    key: int | str = ""


@dataclass(frozen=True, slots=True)
class SharingRecord:
    """A record, fetched for its line, with what it shares."""

    record: Record
    facts: tuple[SharedFact, ...]
    weight: int


def sharing_facts(record: Record, viewer: Viewer, without: Iterable[int]) -> list[SharingRecord]:
    """The records nearest to a published one by what they share, those ``without`` (keys) left out.

    None for words, which have neighbours of their own, and for the preview of what was never saved.
    """
    if record.pk is None or not record.live or record.record_type in types_of(WORDS):
        return []
    records = without_words(shown_in_lists(visible_records(viewer))).exclude(pk__in={record.pk, *without, *of_all_peoples()})
    communes = [place.pk for place in record.places.all() if place.level == place.Level.COMMUNE]
    own, season = _facts(record), _of_the_season(record, records)
    keys = {*season, *_of_places_and_peoples(record, records, communes), *_of_materials(own, records)}
    found = for_lines(records.filter(pk__in=keys), "details") if keys else ()
    shared = (_shared(own, each, each.pk in season, communes) for each in found)
    return sorted((each for each in shared if each.weight > 1), key=lambda each: (-each.weight, -each.record.pk))[:MOST_SHOWN]


def _shared(own: set[SharedFact], other: Record, same_season: bool, communes: list[int]) -> SharingRecord:
    facts = own & _facts(other) | ({SharedFact(SEASON)} if same_season else set())
    weight = sum(WEIGHTS[kind] for kind in {fact.kind for fact in facts})
    finer = FINER if any(fact.kind == PLACE and fact.key in communes for fact in facts) else 0
    return SharingRecord(other, tuple(sorted(facts, key=lambda fact: (KINDS.index(fact.kind), str(fact.key)))), weight + finer)


def _facts(record: Record) -> set[SharedFact]:
    groups = record.groups.all()
    peoples = {SharedFact(PEOPLE, group.pk) for group in (groups if len(groups) <= MOST_PEOPLES else ())}
    return {*peoples, *_materials(record), *(SharedFact(PLACE, place.pk) for place in record.places.all())}


def _materials(record: Record) -> Iterator[SharedFact]:
    fields = _fields_of_materials(profile(record.record_type))
    return (SharedFact(MATERIAL, code) for _vocabulary, code in codes_in(fields, record.details.get_prep_value()))


@cache
def _fields_of_materials(own: Profile) -> Profile:
    return replace(own, fields=tuple(each for each in own.fields if each.vocabulary == MATERIALS and each.level == PUBLIC))


def _of_materials(own: set[SharedFact], records: RecordQuerySet) -> Iterable[int]:
    codes = [fact.key for fact in own if fact.kind == MATERIAL]
    uses = {"term_uses__term__vocabulary__code": MATERIALS, "term_uses__term__code__in": codes}  # of drafts too: read again in _shared
    return _newest(records.filter(**uses)) if codes else ()


def _of_places_and_peoples(record: Record, records: RecordQuerySet, communes: list[int]) -> Iterator[int]:
    """Of the same commune; of the same people in the same province."""
    places, groups = [place.pk for place in record.places.all()], [group.pk for group in record.groups.all()]
    if communes:
        yield from _newest(records.filter(places__in=communes))
    if places and len(groups) <= MOST_PEOPLES:
        yield from _newest(records.filter(places__in=places, groups__in=groups))


def _of_the_season(record: Record, records: RecordQuerySet) -> set[int]:
    """Festivals held within a week of the next time of this one, or known to be in the month in which this one is known to be."""
    upcoming = Q(start__gte=timezone.localdate()) | Q(start=None)
    when = record.festival_occurrences.filter(upcoming).order_by("start").first()
    if when is None or not (when.start or when.month):
        return set()
    same = {"start__range": (when.start - SEASON_DAYS, when.start + SEASON_DAYS)} if when.start else {"start": None, "month": when.month}
    return set(_newest(records.filter(**{f"festival_occurrences__{name}": value for name, value in same.items()})))


def _newest(records: RecordQuerySet) -> Iterable[int]:
    return records.order_by("-pk").values_list("pk", flat=True).distinct()[:MOST_READ]
