"""Some records with all that they refer to, read in a fixed number of queries, as far as the person may see it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from library.access import PUBLIC, STAFF, Viewer, field_level, may_read_part, strictest
from library.records.access.consents import readable_profile
from library.records.access.files import level_of_track
from library.records.models import Record, RecordMedia
from library.records.profiles import profile
from library.records.profiles.values import MEDIA_MODEL, ref_model, stored_values
from media_pipeline.models import Asset, TextTrack

from .references import copied, references

RECORD_MODEL = "records.Record"
DESCRIBED = (
    "contact_consents",
    "media__asset__original",
    "media__rights",
    "media__asset__derivatives__blob",
    "subgroups__group",
    "labels__community",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A record that another one names, and that the person may see."""

    identifier: str
    title: str
    office_path: str


class Batch:
    """The records of these keys that the person may see now, in the order of the keys."""

    def __init__(self, viewer: Viewer, keys: Sequence[int]) -> None:
        self.viewer = viewer
        readable = Record.objects.visible_to(viewer).filter(pk__in=keys).described().prefetch_related(*DESCRIBED)
        by_key = {record.pk: record for record in readable}
        self.records = [by_key[key] for key in keys if key in by_key]
        self._stored = {record.pk: stored_values(profile(record.record_type), record.details) for record in self.records}
        self.named = self._named()
        self._rows = self._referred()

    def stored(self, record: Record) -> dict[str, Any]:
        """The own fields that the person may see, with keys of rows."""
        return copied(readable_profile(record, self.viewer).fields, self._stored[record.pk], self._kept, field_level(self.viewer, record))

    def row(self, model: str, key: Any) -> Any:
        """What a reference of an own field points to; None where it is gone."""
        return self._rows[model].get(key)

    def files(self, record: Record) -> Iterator[RecordMedia]:
        """The files of the record that the person may see."""
        for link in record.media.all():
            if link.asset.state != Asset.State.WITHDRAWN and may_read_part(self.viewer, link.own_access, record):
                yield link

    def may_have_original(self, record: Record, link: RecordMedia) -> bool:
        """Whether the person may have the bytes as they came (the rule of ``records/access/files.py``)."""
        level = PUBLIC if link.asset.publish_original else STAFF
        return may_read_part(self.viewer, strictest(level, link.own_access), record)

    def tracks(self, record: Record, link: RecordMedia) -> list[TextTrack]:
        """The words of a recording or a document that the person may read. What a machine made, one makes again."""
        people_made = [track for track in link.asset.tracks.all() if track.source != TextTrack.Source.MACHINE]
        return [track for track in people_made if may_read_part(self.viewer, strictest(level_of_track(track), link.own_access), record)]

    def _kept(self, field: Any, key: Any) -> Any:
        """References to records that the person may not see are left out, as on a page."""
        return None if field.type == "ref" and ref_model(field) == RECORD_MODEL and key not in self.named else key

    def _named(self) -> dict[int, Named]:
        keys = {relation.target_id for record in self.records for relation in record.relations.all()}
        keys |= {person.person_id for record in self.records for person in record.people.all() if person.person_id}
        keys |= {key for field, key in self._references() if field.type == "ref" and ref_model(field) == RECORD_MODEL}
        rows = Record.objects.visible_to(self.viewer).filter(pk__in=keys)
        return {pk: Named(*rest) for pk, *rest in rows.values_list("pk", "identifier", "title_vi", "office__path")}

    def _referred(self) -> dict[str, dict[Any, Any]]:
        keys: dict[str, set[Any]] = defaultdict(set)
        for field, key in self._references():
            keys[MEDIA_MODEL if field.type == "media" else ref_model(field)].add(key)
        rows: dict[str, dict[Any, Any]] = defaultdict(dict)
        for model, pks in keys.items():
            if model != RECORD_MODEL:
                rows[model] = apps.get_model(model)._default_manager.in_bulk(pks)
        return rows

    def _references(self) -> Iterable[tuple[Any, Any]]:
        for record in self.records:
            yield from references(profile(record.record_type).fields, self._stored[record.pk])
