"""Reads what a record stores under its profile: what is missing, what is searched, what is filtered by. Works on the stored JSON."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import StreamValue

from library.access import COMMUNITY, PUBLIC, STAFF
from library.calendars.rules import DateRule
from library.vocabularies.lookup import term_labels

from .schema import ANY_RECORD, Field, Profile, facet_name

SEES = {PUBLIC: {PUBLIC}, COMMUNITY: {PUBLIC, COMMUNITY}, STAFF: {PUBLIC, COMMUNITY, STAFF}}  # reader's level → field levels seen
TEXTUAL = ("text", "ml", "long", "number", "url")
REF_MODELS = {
    "ethnic-group": "vocabularies.EthnicGroup",
    "subgroup": "vocabularies.GroupName",
    "admin-unit": "vocabularies.AdminUnit",
    "community": "accounts.Community",
    ANY_RECORD: "records.Record",
}
MEDIA_MODEL = "media_pipeline.Asset"
Stored = Any  # JSON as the blocks keep it


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """One column of a table of records: ``steps.text`` holds that part of every step, separated by ``;``."""

    name: str
    label: str
    field: Field
    many: bool


def ref_model(field: Field) -> str:
    """The model that a reference points to, as ``app.Model``."""
    return REF_MODELS.get(field.targets[0], REF_MODELS[ANY_RECORD])


def stored_values(profile: Profile, details: Any) -> dict[str, Stored]:
    """What a record stores for its profile, field by field and without the wrapping of blocks; empty fields are left out."""
    if isinstance(details, StreamValue):
        details = details.get_prep_value()
    if isinstance(details, Mapping):
        value: Mapping[str, Stored] = details
    else:
        value = next((child["value"] for child in details or () if child["type"] == profile.block_name), {})
    return _plain_fields(profile.fields, value)


def as_stored(profile: Profile, values: Mapping[str, Stored], seed: str) -> list[dict[str, Any]]:
    """Plain values (as ``stored_values`` gives them) wrapped as the blocks keep them; ``seed`` makes the ids of list items."""
    fields = {field.key: _wrapped(field, values[field.key], f"{seed}:{field.key}") for field in profile.fields if field.key in values}
    return [{"type": profile.block_name, "value": fields, "id": _block_id(f"{seed}:{profile.code}")}]


def missing_required(profile: Profile, details: Any) -> list[Field]:
    """The required fields that hold nothing."""
    held = stored_values(profile, details)
    return [field for field in profile.fields if field.required and field.key not in held and not _excused(field, held)]


def searchable_text(profile: Profile, details: Any, level: str = PUBLIC) -> str:
    """The words of the searchable fields that a reader of that level may see, one value a line."""
    held = stored_values(profile, details)
    fields = [field for field in profile.fields if field.searchable and field.level in SEES[level]]
    return "\n".join(word for field in fields for word in _words(field, held.get(field.key), level))


def facet_values(profile: Profile, details: Any) -> dict[str, list[str]]:
    """Facet name → codes the record has; only of fields that everybody may see, for counts are public."""
    held = stored_values(profile, details)
    public = [field for field in profile.fields if field.facet and field.level == PUBLIC and field.key in held]
    return {facet_name(profile, field): list(dict.fromkeys(_codes(field, held[field.key]))) for field in public}


def csv_columns(profile: Profile) -> list[CsvColumn]:
    """The columns of the profile's own fields, in its order."""
    return [column for field in profile.fields for column in _columns(field, field.key, str(field.label), field.many)]


def _plain_fields(fields: Iterable[Field], value: Mapping[str, Stored]) -> dict[str, Stored]:
    plain = {field.key: _plain(field, value.get(field.key)) for field in fields}
    return {key: held for key, held in plain.items() if held not in (None, "", [], {})}


def _plain(field: Field, value: Stored) -> Stored:
    """One field without block wrapping: a list for ``many``, else one value; None when it holds nothing."""
    if not field.many:
        return _plain_one(field, value)
    unwrapped = [item["value"] if isinstance(item, Mapping) and "value" in item and "type" in item else item for item in value or ()]
    return [one for one in (_plain_one(field, item) for item in unwrapped) if one not in (None, "", {})]


def _plain_one(field: Field, value: Stored) -> Stored:
    if field.type == "struct":
        return _plain_fields(field.fields, value or {})
    if field.type in ("ml", "long"):
        return value if value and (value.get("text") or "").strip() else None
    if field.type == "rule":
        return value if value and (value.get("start_month") or value.get("words") or value.get("calendar")) else None
    return value.strip() if isinstance(value, str) else value


def _wrapped(field: Field, value: Stored, seed: str) -> Stored:
    if field.many and field.type != "term":  # several terms are one block
        return [
            {"type": "item", "value": _wrapped_one(field, one, f"{seed}:{at}"), "id": _block_id(f"{seed}:{at}")}
            for at, one in enumerate(value)
        ]
    return _wrapped_one(field, value, seed)


def _wrapped_one(field: Field, value: Stored, seed: str) -> Stored:
    if field.type != "struct":
        return value
    return {part.key: _wrapped(part, value[part.key], f"{seed}:{part.key}") for part in field.fields if part.key in value}


def _block_id(seed: str) -> str:
    return str(uuid5(NAMESPACE_URL, seed))


def _excused(field: Field, held: Mapping[str, Stored]) -> bool:
    return field.required_unless is not None and held.get(field.required_unless[0]) == field.required_unless[1]


def each_value(field: Field, value: Stored) -> list[Stored]:
    """The values of a field, one or many, as a list."""
    if value in (None, ""):
        return []
    return value if field.many else [value]


def _words(field: Field, value: Stored, level: str) -> Iterator[str]:
    for one in each_value(field, value):
        if field.type == "struct":
            for part in field.fields:
                if part.level in SEES[level]:
                    yield from _words(part, one.get(part.key), level)
        elif field.type == "term":
            yield from dict.fromkeys(labels_of(field).get(one, ()))
        elif field.type in TEXTUAL:
            yield _text(one)
        elif field.type == "rule":
            yield str(DateRule.of(one))


def _codes(field: Field, value: Stored) -> Iterator[str]:
    for one in each_value(field, value):
        if field.type == "struct":
            chosen = next((part for part in _facet_parts(field) if part.key in one), None)
            if chosen:
                yield from _codes(chosen, one[chosen.key])
        elif field.type == "rule":
            yield one.get("calendar") or ""
        else:
            yield _text(one)


def _facet_parts(field: Field) -> list[Field]:
    """The parts of a struct in the order in which it is filtered by them: closed lists before free text."""
    return sorted((part for part in field.fields if part.level == PUBLIC), key=lambda part: part.type != "term")


def facet_source(field: Field) -> Field:
    """The field whose labels the values of a facet have: of a struct the part it is filtered by first, else the field itself."""
    parts = _facet_parts(field)
    return facet_source(parts[0]) if parts else field


def _text(value: Stored) -> str:
    return str(value["text"] if isinstance(value, Mapping) else value)


def labels_of(field: Field) -> dict[str, tuple[str, str]]:
    """Vietnamese and English label of each choice of a field, by code."""
    if field.vocabulary:
        return term_labels(field.vocabulary)
    return {option.code: (option.label_vi, option.label_en) for option in field.options}


def _columns(field: Field, name: str, label: str, many: bool) -> Iterator[CsvColumn]:
    if field.type == "struct":
        for part in field.fields:
            yield from _columns(part, f"{name}.{part.key}", f"{label}: {part.label}", many or part.many)
    else:
        yield CsvColumn(name, label, field, many)
