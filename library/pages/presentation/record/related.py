"""Records that a record names, and records that name it: only those that the viewer may see, since a title must not leak."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.presentation.lists.lines import RecordLine
from library.records.relation_kinds import BY_CODE

from ..links import LinkedWords

if TYPE_CHECKING:
    from library.records.models import Record, RecordRelation


@dataclass(frozen=True, slots=True)
class RelatedRecord:
    """A record with how it is related."""

    how: str
    line: RecordLine


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
    return [RelatedRecord(str(how), neighbours[key]) for how, key in outward + inward if key in neighbours]


def _incoming(record: "Record") -> "Iterable[RecordRelation]":
    """Relations that other records have to this one; a record in preview, not saved yet, has none."""
    return record.incoming_relations.all() if record.pk else ()


def people(record: "Record", neighbours: Mapping[int, RecordLine]) -> list[PersonRole]:
    """Who had which role: named in the record itself, or by a person's own record where the viewer may see it."""
    roles = []
    for row in record.people.all():
        line = neighbours.get(row.person_id) if row.person_id else None
        if line is not None:
            roles.append(PersonRole(row.get_role_display(), LinkedWords(line.title, line.url)))
        elif row.name:
            roles.append(PersonRole(row.get_role_display(), LinkedWords(row.name)))
    return roles
