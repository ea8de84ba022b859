"""Reads many records for their documents, as plain rows: a tenth of the time that model objects take.

A row has the attributes that ``document_of`` reads of a record. Vocabularies are read once and kept; child rows come in one query for
each table. Of records with files, the files are model objects: their renditions and passages are worked out by code that knows those.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, TextField
from django.db.models.functions import Cast

from library.access import WITHDRAWN
from library.accounts.models import Community, Office
from library.records.models import Record, RecordDate, RecordLabel, RecordMedia, RecordPerson, RecordRelation, RecordSource, RecordTag
from library.records.models.parts import RecordText
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Term
from media_pipeline.models import Segment, TextTrack

COLUMNS = (
    "pk", "record_type", "title_vi", "title_en", "summary_vi", "summary_en", "place_recorded", "rights_holder", "vitality", "collected_at",
    "access_level", "review_state", "live", "last_published_at", "updated_at", "created_by_id", "office_id", "rights_id",
)  # fmt: skip


Chosen = Mapping[str, Any]  # a condition on the keys of records


class Rows(tuple[Any, ...]):
    """Rows that belong to one record; ``all`` gives them, as the manager of a model object does."""

    __slots__ = ()

    def all(self) -> "Rows":
        return self


NONE = Rows()


@dataclass(slots=True)
class RecordRow:
    """What a document is made of. The names are those of the model ``Record``."""

    pk: int
    record_type: str
    title_vi: str
    title_en: str
    summary_vi: str
    summary_en: str
    place_recorded: str
    rights_holder: str
    vitality: str
    collected_at: str
    access_level: str
    review_state: str
    published: bool
    last_published_at: datetime | None
    updated_at: datetime
    created_by_id: int | None
    office_path: str
    rights: Term
    details: list[dict[str, Any]]
    groups: Rows = NONE
    subgroups: Rows = NONE
    communities: Rows = NONE
    places: Rows = NONE
    former_units: Rows = NONE
    languages: Rows = NONE
    scripts: Rows = NONE
    unesco_domains: Rows = NONE
    warnings: Rows = NONE
    texts: Rows = NONE
    dates: Rows = NONE
    people: Rows = NONE
    sources: Rows = NONE
    labels: Rows = NONE
    relations: Rows = NONE
    tags: Rows = NONE
    media: Rows = NONE

    @property
    def community_ids(self) -> list[int]:
        """Keys of the communities of origin."""
        return [community.pk for community in self.communities]


def indexed(records: RecordQuerySet) -> RecordQuerySet:
    """The records that an index holds. What is withdrawn or unpublished is in no index."""
    return records.filter(live=True).exclude(access_level=WITHDRAWN)


@dataclass(slots=True)
class _Vocabulary:
    """The rows of one table by key, and their places in its order."""

    rows: dict[int, Any]
    places: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {pk: place for place, pk in enumerate(self.rows)}

    def some(self, keys: Iterable[int]) -> Rows:
        """The rows of these keys, in the order of the table."""
        known = [key for key in keys if key in self.places]
        return Rows([self.rows[key] for key in (sorted(known, key=self.places.__getitem__) if len(known) > 1 else known)])


class RecordReader:
    """Reads records for documents. It keeps the vocabularies as they were when it was made: make a new one for each piece of work."""

    def __init__(self) -> None:
        self._offices = dict(Office.objects.values_list("pk", "path"))
        terms, units = _read(Term.objects.all()), _read(AdminUnit.objects.all())
        for unit in units.rows.values():
            unit.parent = units.rows.get(unit.parent_id)
        self._linked: dict[str, _Vocabulary] = {
            "groups": _read(EthnicGroup.objects.all()),
            "subgroups": _read(GroupName.objects.all()),
            "communities": _read(Community.objects.all()),
            "places": units,
            "former_units": units,
            **dict.fromkeys(("languages", "scripts", "unesco_domains", "warnings"), terms),
        }
        self._terms = terms.rows

    def read(self, ids: Sequence[int]) -> list[RecordRow]:
        """The records of these keys that an index holds, in the order of their keys."""
        return self._read({"in": ids})

    def read_between(self, first: int, last: int) -> list[RecordRow]:
        """The records that an index holds from one key to another, both included, in the order of their keys."""
        return self._read({"gte": first, "lte": last})

    def _read(self, keys: Mapping[str, Any]) -> list[RecordRow]:
        rows = {row.pk: row for row in self._records({f"pk__{lookup}": value for lookup, value in keys.items()})}
        of_records = {f"record__{lookup}": value for lookup, value in keys.items()}
        for name, vocabulary in self._linked.items():
            for pk, linked in _links(name, of_records).items():
                if pk in rows:
                    setattr(rows[pk], name, vocabulary.some(linked))
        for name, children in self._children(of_records).items():
            for pk, of_record in children.items():
                if pk in rows:
                    setattr(rows[pk], name, Rows(of_record))
        return list(rows.values())

    def _records(self, chosen: Chosen) -> Iterator[RecordRow]:
        records = indexed(Record.objects.filter(**chosen)).annotate(json=Cast("details", TextField())).order_by("pk")
        for *columns, created_by, office, rights, details in records.values_list(*COLUMNS, "json"):
            own = (created_by, self._offices[office], self._terms[rights], json.loads(details or "[]"))
            yield RecordRow(*(*columns, *own))

    def _children(self, of_records: Chosen) -> dict[str, dict[int, list[Any]]]:
        return {
            "texts": _by_record(RecordText, of_records, "role", "text"),
            "dates": _by_record(RecordDate, of_records, "edtf", "wording"),
            "people": _people(of_records),
            "sources": _by_record(RecordSource, of_records, "source_id"),
            "labels": _labels(of_records, self._terms),
            "relations": _relations(of_records),
            "tags": _tags(of_records),
            "media": _media(of_records),
        }


def _read(rows: "QuerySet[Any]") -> _Vocabulary:
    return _Vocabulary({row.pk: row for row in rows})


def _links(name: str, of_records: Chosen) -> dict[int, list[int]]:
    """Key of a record → keys of what one of its many-to-many fields links to."""
    relation: Any = Record._meta.get_field(name)
    rows = relation.remote_field.through._default_manager.filter(**of_records).order_by()
    links: dict[int, list[int]] = defaultdict(list)
    for record, linked in rows.values_list("record_id", f"{relation.m2m_reverse_field_name()}_id"):
        links[record].append(linked)
    return links


def _by_record(model: type[Model], of_records: Chosen, *columns: str) -> dict[int, list[Any]]:
    """Key of a record → its rows in a table, in their order, with these columns."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for record, *values in model._default_manager.filter(**of_records).order_by("sort_order").values_list("record_id", *columns):
        rows[record].append(SimpleNamespace(**dict(zip(columns, values, strict=True))))
    return rows


def _people(of_records: Chosen) -> dict[int, list[Any]]:
    columns = ("name", "person_id", "person__live", "person__access_level", "person__title_vi")
    rows: dict[int, list[Any]] = defaultdict(list)
    for record, name, person, live, level, title in _ordered(RecordPerson, of_records).values_list("record_id", *columns):
        person_row = SimpleNamespace(live=live, access_level=level, title_vi=title) if person else None
        rows[record].append(SimpleNamespace(name=name, person=person_row))
    return rows


def _relations(of_records: Chosen) -> dict[int, list[Any]]:
    columns = ("kind", "target_id", "target__record_type", "target__live", "target__access_level")
    rows: dict[int, list[Any]] = defaultdict(list)
    for record, kind, target, record_type, live, level in _ordered(RecordRelation, of_records).values_list("record_id", *columns):
        target_row = SimpleNamespace(pk=target, record_type=record_type, published=live, access_level=level)
        rows[record].append(SimpleNamespace(kind=kind, target=target_row))
    return rows


def _labels(of_records: Chosen, terms: dict[int, Term]) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for record, label in _ordered(RecordLabel, of_records).values_list("record_id", "label_id"):
        rows[record].append(SimpleNamespace(label=terms[label]))
    return rows


def _tags(of_records: Chosen) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    of_objects = {name.replace("record", "content_object"): keys for name, keys in of_records.items()}
    for record, name in RecordTag.objects.filter(**of_objects).values_list("content_object_id", "tag__name"):
        rows[record].append(SimpleNamespace(name=name))
    return rows


def _media(of_records: Chosen) -> dict[int, list[Any]]:
    tracks = TextTrack.objects.filter(shown=True).prefetch_related(Prefetch("segments", queryset=Segment.objects.order_by("order")))
    files = Prefetch("asset__tracks", queryset=tracks)
    rows: dict[int, list[Any]] = defaultdict(list)
    for link in _ordered(RecordMedia, of_records).select_related("asset__original").prefetch_related(files, "asset__derivatives__blob"):
        rows[link.record_id].append(link)
    return rows


def _ordered(model: type[Model], of_records: Chosen) -> "QuerySet[Any]":
    return model._default_manager.filter(**of_records).order_by("sort_order")
