"""Records that a record names, records that name it, then records that share facts with it, each with the reason.

Only those that the viewer may see, since a title must not leak.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from library.presentation.lists.lines import RecordLine, line
from library.presentation.wording import Wording, in_reader_language
from library.records.relation_kinds import BY_CODE
from library.vocabularies.lookup import term_labels

from ...queries.shared_facts import MATERIAL, MATERIALS, PEOPLE, PLACE, SEASON
from ..links import LinkedWords
from ..places import unit_name

if TYPE_CHECKING:
    from library.records.models import Record, RecordRelation
    from library.vocabularies.models import EthnicGroup

    from ...queries.shared_facts import SharedFact, SharingRecord

SHARED = {PLACE: _("Cùng nơi"), MATERIAL: _("Cùng chất liệu"), SEASON: _("Cùng mùa hội"), PEOPLE: _("Cùng dân tộc")}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record stands there: ``words``, and of shared facts what is shared."""

    words: str
    what: Sequence[Wording] = ()


@dataclass(frozen=True, slots=True)
class RelatedRecord:
    """A record with how it is related."""

    line: RecordLine
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class PersonRole:
    """A person's role in the record."""

    role: str
    person: LinkedWords


def neighbour_ids(record: "Record") -> set[int]:
    """Keys of all records that the page may want to name."""
    outward = {row.target_id for row in record.relations.all()}
    inward = {row.record_id for row in _incoming(record)}
    return outward | inward | {row.person_id for row in record.people.all() if row.person_id}


def related(record: "Record", neighbours: Mapping[int, RecordLine]) -> list[RelatedRecord]:
    """Relations from both ends; ``neighbours`` holds the lines of those that the viewer may see, by key."""
    outward = [(BY_CODE[row.kind].label, row.target_id) for row in record.relations.all()]
    inward = [(BY_CODE[row.kind].inverse, row.record_id) for row in _incoming(record)]
    return [RelatedRecord(neighbours[key], [Reason(str(how))]) for how, key in outward + inward if key in neighbours]


def related_by_facts(record: "Record", sharing: "Iterable[SharingRecord]") -> list[RelatedRecord]:
    """The records that share facts with this one, the nearest first."""
    names = {
        PLACE: {each.pk: unit_name(each) for each in record.places.all()},
        PEOPLE: {each.pk: _name(each) for each in record.groups.all()},
    }
    names[MATERIAL] = {code: in_reader_language(*labels) for code, labels in term_labels(MATERIALS).items()}
    return [RelatedRecord(line(each.record), list(_reasons(each.facts, names))) for each in sharing]


def _reasons(facts: "Iterable[SharedFact]", names: Mapping[str, Mapping[Any, Wording]]) -> Iterator[Reason]:
    """One reason for each kind of fact; a season has no name."""
    for kind, of_kind in groupby(facts, key=lambda fact: fact.kind):
        yield Reason(str(SHARED[kind]), [names[kind][fact.key] for fact in of_kind if kind in names])


def _name(group: "EthnicGroup") -> Wording:
    return in_reader_language(group.name_vi, group.name_en)


def _incoming(record: "Record") -> "Iterable[RecordRelation]":
    """Relations that other records have to this one; a record in preview, not saved yet, has none."""
    return record.incoming_relations.all() if record.pk else ()


def people(record: "Record", neighbours: Mapping[int, RecordLine]) -> list[PersonRole]:
    """Who had which role: named in the record itself, or by a person's own record where the viewer may see it."""
    roles = []
    for row in record.people.all():
        own = neighbours.get(row.person_id) if row.person_id else None
        if own is not None:
            roles.append(PersonRole(row.get_role_display(), LinkedWords(own.title, own.url)))
        elif row.name:
            roles.append(PersonRole(row.get_role_display(), LinkedWords(row.name)))
    return roles
