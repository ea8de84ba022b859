"""What a pack can be about, in one table: how the subject is named, and which records of what everybody may see belong to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from library.access import ANONYMOUS
from library.curation.models import StoryPage
from library.curation.presentation.readable import record_keys
from library.language.collation import vietnamese_order
from library.pages.queries.counts import counts_for
from library.pages.queries.narrowing import in_group, in_province
from library.presentation.authorities import provinces
from library.presentation.queries import types_of, visible_records
from library.presentation.wording import in_reader_language
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup
from media_pipeline.text.names import named_like

from .models import SubjectKind

COLLECTION, PART_OF = "collection", "part_of"
MOST_COMMUNES = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a pack is about. ``owner`` is its row."""

    kind: str
    key: str
    name: str
    owner: Any

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.key}"

    @property
    def records(self) -> RecordQuerySet:
        """Its published records that everybody may see: a pack never asks for any other viewer."""
        return _KINDS[self.kind].records(visible_records(ANONYMOUS), self.owner)


@dataclass(frozen=True, slots=True)
class _Kind:
    find: Callable[[str], Any]
    key: Callable[[Any], str]
    name: Callable[[Any], str]
    records: Callable[[RecordQuerySet, Any], RecordQuerySet]
    every: Callable[[], Iterable[Any]]


def subject_of(value: str) -> Subject | None:
    """The subject that ``people:mong`` names; None where there is none."""
    kind, _colon, key = value.partition(":")
    owner = _KINDS[kind].find(key) if kind in _KINDS else None
    return _subject(kind, owner) if owner is not None else None


def subjects() -> list[tuple[str, list[Subject]]]:
    """Label of each kind → the subjects that have records, in alphabetical order. Communes are found by name (``communes_named``)."""
    groups = []
    for kind, own in _KINDS.items():
        found = sorted((_subject(kind, owner) for owner in own.every()), key=lambda subject: vietnamese_order(subject.name))
        groups.append((str(SubjectKind(kind).label), found))
    return [(label, found) for label, found in groups if found]


def communes_named(typed: str) -> list[Subject]:
    """Communes of today whose name holds what was typed, with or without marks."""
    units = AdminUnit.objects.filter(level=AdminUnit.Level.COMMUNE, valid_to=None).select_related("parent")
    found = named_like(units, typed, "label_vi__folded")[:MOST_COMMUNES] if typed.strip() else []
    return [_subject(SubjectKind.PLACE, unit) for unit in found]


def _subject(kind: str, owner: Any) -> Subject:
    own = _KINDS[kind]
    return Subject(kind, own.key(owner), own.name(owner), owner)


def _place(key: str) -> AdminUnit | None:
    units = AdminUnit.objects.filter(level__in=(AdminUnit.Level.PROVINCE, AdminUnit.Level.COMMUNE), valid_to=None)
    return units.select_related("parent").filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 12 else None


def _place_name(unit: AdminUnit) -> str:
    return f"{unit.label}, {unit.parent.label}" if unit.level == AdminUnit.Level.COMMUNE and unit.parent else str(unit.label)


def _story(key: str) -> StoryPage | None:
    return public_stories().filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 12 else None


def public_stories() -> Any:
    """The stories that everybody may read."""
    return StoryPage.objects.live().public()


def _collections() -> RecordQuerySet:
    return visible_records(ANONYMOUS).filter(record_type__in=types_of(COLLECTION))


def _of_collection(records: RecordQuerySet, collection: Record) -> RecordQuerySet:
    members = collection.incoming_relations.filter(kind=PART_OF).values("record")
    return records.filter(Q(pk=collection.pk) | Q(pk__in=members))


def _peoples() -> list[EthnicGroup]:
    return list(EthnicGroup.objects.filter(pk__in=counts_for(ANONYMOUS).groups))


def _provinces() -> list[AdminUnit]:
    return list(provinces().filter(code__in=counts_for(ANONYMOUS).provinces))


_KINDS: dict[str, _Kind] = {
    SubjectKind.PEOPLE: _Kind(
        find=lambda key: EthnicGroup.objects.filter(slug=key).first(),
        key=lambda group: group.slug,
        name=lambda group: group.name,
        records=lambda records, group: in_group(records, group, walk=False),
        every=_peoples,
    ),
    SubjectKind.PLACE: _Kind(
        find=_place,
        key=lambda unit: str(unit.pk),
        name=_place_name,
        records=lambda records, unit: in_province(records, unit),
        every=_provinces,
    ),
    SubjectKind.STORY: _Kind(
        find=_story,
        key=lambda page: str(page.pk),
        name=lambda page: in_reader_language(page.title, page.title_en).plain,
        records=lambda records, page: records.filter(pk__in=record_keys(page.body)),
        every=public_stories,
    ),
    SubjectKind.COLLECTION: _Kind(
        find=lambda key: _collections().filter(identifier=key).first(),
        key=lambda record: record.identifier,
        name=lambda record: record.title,
        records=_of_collection,
        every=_collections,
    ),
}
