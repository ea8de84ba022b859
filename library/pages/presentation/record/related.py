"""Other records that a record speaks of, and that speak of it: only those that the reader may see, for a title must not leak."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.records.relation_kinds import BY_CODE

from ..lists.lines import Line
from .facts import Link

if TYPE_CHECKING:
    from library.records.models import Record, RecordRelation


@dataclass(frozen=True, slots=True)
class Related:
    """A record with how it is related."""

    how: str
    line: Line


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in the record."""

    role: str
    person: Link


def neighbour_ids(record: "Record") -> set[int]:
    """Keys of all records that the page may want to name."""
    outward = {row.target_id for row in record.relations.all()}
    inward = {row.record_id for row in _incoming(record)}
    return outward | inward | {row.person_id for row in record.people.all() if row.person_id}


def related(record: "Record", seen: Mapping[int, Line]) -> list[Related]:
    """Relations from both ends; ``seen`` holds the lines of those the reader may see, by key."""
    outward = [(BY_CODE[row.kind].label, row.target_id) for row in record.relations.all()]
    inward = [(BY_CODE[row.kind].inverse, row.record_id) for row in _incoming(record)]
    return [Related(str(how), seen[key]) for how, key in outward + inward if key in seen]


def _incoming(record: "Record") -> "Iterable[RecordRelation]":
    """Relations that other records have to this one; a record in preview, not saved yet, has none."""
    return record.incoming_relations.all() if record.pk else ()


def people(record: "Record", seen: Mapping[int, Line]) -> list[Part]:
    """Who had which part: named in the record itself, or by a person's own record where the reader may see it."""
    parts = []
    for row in record.people.all():
        line = seen.get(row.person_id) if row.person_id else None
        if line is not None:
            parts.append(Part(row.get_role_display(), Link(line.title, line.url)))
        elif row.name:
            parts.append(Part(row.get_role_display(), Link(row.name)))
    return parts
