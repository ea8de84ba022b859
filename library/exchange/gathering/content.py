"""All that a person may see of a record, in codes that another library of this kind knows: JSON Lines, and the records of a bag."""

from typing import Any

from library.records.models import Record, RecordMedia
from library.records.profiles import profile
from library.records.profiles.values import ref_model
from library.vocabularies.models import AdminUnit, GroupName
from media_pipeline.tracks.copying import told

from .batch import RECORD_MODEL, Batch
from .references import copied

WRITTEN = (
    *("title_vi", "title_en", "summary_vi", "summary_en", "place_recorded", "vitality", "collected_at"),
    *("rights_holder", "credit", "confidence", "own_access"),
)
TERMS = ("languages", "scripts", "unesco_domains", "warnings")
OF_FILE = ("alt_vi", "alt_en", "caption_vi", "caption_en", "credit", "made_note", "own_access")
ORIGINALS = "data/originals/"


def content_of(record: Record, batch: Batch, *, with_originals: bool) -> dict[str, Any]:
    """The record. Rows in their order; sets sorted. What it names and the person may not see is left out."""
    return {
        "identifier": record.identifier,
        "source_key": record.source_key or "",
        "type": record.record_type,
        "office": record.office.code,
        "state": record.review_state,
        "published": record.live,
        "withdrawn": record.withdrawn_at is not None,
        **{name: getattr(record, name) for name in WRITTEN},
        "summary_reviewed": record.summary_reviewed,
        "rights": record.rights.code,
        **_links(record),
        **_rows(record, batch),
        "details": _details(record, batch),
        "files": [_file(link, record, batch, with_originals) for link in batch.files(record)],
    }


def originals_of(record: Record, batch: Batch) -> list[dict[str, str]]:
    """The originals that the person may have: name in the bag, checksum, key in the storage."""
    blobs = [link.asset.original for link in batch.files(record) if batch.may_have_original(record, link)]
    return [{"name": f"{ORIGINALS}{blob.sha256}", "sha256": blob.sha256, "key": blob.key} for blob in blobs]


def unit_code(unit: AdminUnit) -> str:
    """A unit by level, code and the day from which it is valid: codes were given again."""
    return f"{unit.level}/{unit.code}/{unit.valid_from:%Y-%m-%d}"


def subgroup_code(name: GroupName) -> str:
    """A local group by its people, its kind and its name."""
    return f"{name.group.code}/{name.kind}/{name.name}"


def _links(record: Record) -> dict[str, list[str]]:
    return {
        "groups": sorted(group.code for group in record.groups.all()),
        "subgroups": sorted(subgroup_code(name) for name in record.subgroups.all()),
        "communities": sorted(community.slug for community in record.communities.all()),
        "places": sorted(unit_code(unit) for unit in record.places.all()),
        "former_units": sorted(unit_code(unit) for unit in record.former_units.all()),
        **{name: sorted(term.code for term in getattr(record, name).all()) for name in TERMS},
        "tags": sorted(tag.name for tag in record.tags.all()),
    }


def _rows(record: Record, batch: Batch) -> dict[str, list[dict[str, Any]]]:
    named = batch.named
    return {
        "texts": [{"role": text.role, "language": text.language, "text": text.text} for text in record.texts.all()],
        "dates": [
            {"edtf": date.edtf, "calendar": date.calendar.code if date.calendar else "", "wording": date.wording}
            for date in record.dates.all()
        ],
        "people": [
            {"role": person.role, "name": person.name, "record": named[person.person_id].identifier if person.person_id in named else ""}
            for person in record.people.all()
            if person.name or person.person_id in named
        ],
        "relations": [
            {"kind": relation.kind, "record": named[relation.target_id].identifier}
            for relation in record.relations.all()
            if relation.target_id in named
        ],
        "sources": [
            {
                "source": cited.source.code if cited.source else "",
                "citation": cited.citation,
                "page": cited.page,
                "accessed": cited.accessed.isoformat() if cited.accessed else "",
            }
            for cited in record.sources.all()
        ],
        "labels": [
            {"label": row.label.code, "community": row.community.slug if row.community else "", "link": row.link}
            for row in record.labels.all()
        ],
    }


def _details(record: Record, batch: Batch) -> dict[str, Any]:
    """The own fields. Files that a field names are told by their checksum, records by their identifier."""
    seen = {link.asset_id: link.asset.original.sha256 for link in batch.files(record)}

    def code(field: Any, key: Any) -> Any:
        if field.type == "media":
            return seen.get(key)
        model = ref_model(field)
        if model == RECORD_MODEL:
            return batch.named[key].identifier
        row = batch.row(model, key)
        if isinstance(row, AdminUnit):
            return unit_code(row)
        if isinstance(row, GroupName):
            return subgroup_code(row)
        return getattr(row, "code", None) or getattr(row, "slug", None)

    return copied(profile(record.record_type).fields, batch.stored(record), code, "staff")


def _file(link: RecordMedia, record: Record, batch: Batch, with_originals: bool) -> dict[str, Any]:
    blob = link.asset.original
    has_original = with_originals and batch.may_have_original(record, link)
    return {
        "name": link.asset.display_name,
        "kind": link.asset.kind,
        "mime": blob.mime,
        "bytes": blob.size,
        "sha256": blob.sha256,
        "original": f"{ORIGINALS}{blob.sha256}" if has_original else "",
        "rights": link.rights.code if link.rights else "",
        **{name: getattr(link, name) for name in OF_FILE},
        **({"tracks": [told(track) for track in batch.tracks(record, link)]} if has_original else {}),
    }
