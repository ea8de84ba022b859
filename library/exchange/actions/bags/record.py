"""One record of a bag as a new draft of this library. What it names inside the bag is added when all are there (``take.py``)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from library.access import COMMUNITY, strictest
from library.calendars.edtf_dates import bounds
from library.records.access.labels import settable_labels
from library.records.access.levels import LABEL_LEVELS
from library.records.actions.create_many import NewRecord
from library.records.models import Record, RecordPerson
from library.records.profiles import Field, profile
from library.records.profiles.values import ref_model, value_list
from library.records.relation_kinds import BY_CODE
from library.vocabularies.models import Term

from ...columns.every_type import VOCABULARIES
from ...gathering.batch import RECORD_MODEL
from ...gathering.content import OF_FILE, TERMS, WRITTEN
from ...gathering.references import copied
from .codes import Codes

LINKS = {"groups": "groups", "subgroups": "subgroups", "places": "units", "former_units": "units"}
REFERRED = {"ethnic-group": "groups", "subgroup": "subgroups", "admin-unit": "units", "community": "communities"}
LABELS = "local_contexts_labels"
#: How each type of field is stored.
SHAPES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("text", "url", "term", "edtf", "ref", "media"), str),
    **dict.fromkeys(("ml", "long", "rule", "struct"), dict),
    "number": (int, float),
}


def draft_of(entry: Mapping[str, Any], source_key: str, codes: Codes, assets: Mapping[str, Any], user: Any) -> NewRecord:
    """The draft. ``assets``: checksum → file that was taken in. Raises UnknownCodeError, and one of ``take.BAD``."""
    own = profile(entry["type"])
    people = [] if any(person["record"] for person in entry["people"]) else entry["people"]
    labels, level = _labels(entry, codes, user)
    draft = NewRecord(
        record_type=own.code,
        source_key=source_key,
        columns={name: entry[name] for name in WRITTEN}
        | {
            "summary_reviewed": bool(entry["summary_reviewed"]),
            "rights_id": codes.key(VOCABULARIES["rights_id"], entry["rights"]),
            "own_access": level,
        },
        links={name: [codes.key(kind, code) for code in entry[name]] for name, kind in LINKS.items()}
        | {name: [codes.key(VOCABULARIES[name], code) for code in entry[name]] for name in TERMS},
        rows={
            "texts": [{name: str(text[name]) for name in ("role", "language", "text")} for text in entry["texts"]],
            "dates": [_date(row, codes) for row in entry["dates"]],
            "sources": [_source(row, codes) for row in entry["sources"]],
            "people": [{"role": person["role"], "name": person["name"]} for person in people],
            "labels": labels,
            "media": [_file(file, assets[file["sha256"]], codes) for file in entry["files"] if file["sha256"] in assets],
        },
        details=details_of(entry, codes, assets, {}),
        tags=[str(tag) for tag in entry["tags"]],
    )
    _check_rows(draft.rows)
    if any(person["role"] not in RecordPerson.Role.values for person in entry["people"]):
        raise ValueError(_("Có vai trò không rõ."))
    if any(relation["kind"] not in BY_CODE for relation in entry["relations"]):
        raise ValueError(_("Có liên hệ không rõ."))
    return draft


def _check_rows(rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Raises ValidationError for a row that no form would have stored. Keys are right: they were looked up."""
    models = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(Record)}
    for name, children in rows.items():
        for child in children:
            row = models[name](**child)
            row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
            row.clean()


def details_of(entry: Mapping[str, Any], codes: Codes, assets: Mapping[str, Any], keys: Mapping[str, int]) -> dict[str, Any]:
    """The own fields with keys of this library. ``keys``: identifier in the bag → record; a record that is not there is left out."""

    def key(field: Field, code: Any) -> Any:
        if field.type == "media":
            return assets[code].pk if code in assets else None
        if ref_model(field) == RECORD_MODEL:
            return keys.get(code)
        return codes.key(REFERRED[field.targets[0]], code)

    fields = profile(entry["type"]).fields
    require_shape(fields, entry["details"])
    return copied(fields, entry["details"], key, "staff")


def require_shape(fields: tuple[Field, ...], values: Any) -> None:
    """Raises TypeError or ValueError for a value that no form would have stored."""
    for field in fields:
        if field.key not in values:
            continue
        if field.many and not isinstance(values[field.key], list):
            raise TypeError(field.key)
        for value in value_list(field, values[field.key]):
            if not isinstance(value, SHAPES[field.type]):
                raise TypeError(field.key)
            if field.type == "edtf":
                bounds(str(value))
            if field.type == "struct":
                require_shape(field.fields, value)


def _labels(entry: Mapping[str, Any], codes: Codes, user: Any) -> tuple[list[dict[str, Any]], str]:
    """The labels that the person may set, and the level: a label that only its community may set still closes the record."""
    if not entry["labels"]:
        return [], entry["own_access"]
    settable = set(settable_labels(user, Term.objects.filter(vocabulary__code=LABELS)).values_list("code", flat=True))
    level, rows = entry["own_access"], []
    for row in entry["labels"]:
        if row["label"] in settable and not row["community"]:
            rows.append({"label_id": codes.key(LABELS, row["label"]), "link": row["link"]})
        elif LABEL_LEVELS.get(row["label"]) == COMMUNITY:
            level = strictest(level, COMMUNITY)
    return rows, level


def _date(row: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    calendar = codes.key("calendars", row["calendar"]) if row["calendar"] else None
    return {"edtf": str(row["edtf"]), "calendar_id": calendar, "wording": str(row["wording"])}


def _source(row: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    return {
        "source_id": codes.key("sources", row["source"]) if row["source"] else None,
        "citation": str(row["citation"]),
        "page": str(row["page"]),
        "accessed": date.fromisoformat(row["accessed"]) if row["accessed"] else None,
    }


def _file(file: Mapping[str, Any], asset: Any, codes: Codes) -> dict[str, Any]:
    rights = codes.key(VOCABULARIES["rights_id"], file["rights"]) if file["rights"] else None
    return {"asset_id": asset.pk, "rights_id": rights, **{name: file[name] for name in OF_FILE}}
