"""Reads the stored JSON of a record's own fields: missing fields, searchable text, facet values, table columns."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import StreamValue

from library.access import COMMUNITY, PUBLIC, STAFF
from library.calendars.rules import DateRule
from library.vocabularies.lookup import term_labels

from .schema import ANY_RECORD, Field, Profile, facet_name

VISIBLE_LEVELS = {
    PUBLIC: {PUBLIC},
    COMMUNITY: {PUBLIC, COMMUNITY},
    STAFF: {PUBLIC, COMMUNITY, STAFF},
}  # level of a reader → levels of the fields that the reader sees
TEXTUAL = ("text", "ml", "long", "number", "url")
REF_MODELS = {
    "ethnic-group": "vocabularies.EthnicGroup",
    "subgroup": "vocabularies.GroupName",
    "admin-unit": "vocabularies.AdminUnit",
    "community": "accounts.Community",
    ANY_RECORD: "records.Record",
}
MEDIA_MODEL = "media_pipeline.Asset"
StoredValue = Any  # JSON, as the blocks store it
# The plain classes first: asking for an abstract one takes five times as long.
_PLAIN = (list, dict)
_MAPPINGS = (dict, Mapping)


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """One column of a table of records. The column ``steps.text`` has the text of every step, separated by ``;``."""

    name: str
    label: str
    field: Field
    many: bool


def ref_model(field: Field) -> str:
    """The model that a reference points to, as ``app.Model``."""
    return REF_MODELS.get(field.targets[0], REF_MODELS[ANY_RECORD])


def stored_values(profile: Profile, details: Any, keys: Collection[str] | None = None) -> dict[str, StoredValue]:
    """Key → value of each field of the profile, or of those of these keys, without the wrapping of blocks; empty fields are left out."""
    return _values_of([field for field in profile.fields if keys is None or field.key in keys], profile, details)


def _values_of(fields: Iterable[Field], profile: Profile, details: Any) -> dict[str, StoredValue]:
    """As ``stored_values``, of some fields of the profile only."""
    if not isinstance(details, _PLAIN) and isinstance(details, StreamValue):
        details = details.get_prep_value()
    if not isinstance(details, list) and isinstance(details, Mapping):
        value: Mapping[str, StoredValue] = details
    else:
        value = next((child["value"] for child in details or () if child["type"] == profile.block_name), {})
    return _plain_fields(fields, value)


def as_stored(profile: Profile, values: Mapping[str, StoredValue], seed: str) -> list[dict[str, Any]]:
    """The reverse of ``stored_values``: plain values wrapped as blocks store them. The ids of list items are made from ``seed``."""
    fields = {field.key: _wrapped(field, values[field.key], f"{seed}:{field.key}") for field in profile.fields if field.key in values}
    return [{"type": profile.block_name, "value": fields, "id": _block_id(f"{seed}:{profile.code}")}]


def missing_required(profile: Profile, details: Any) -> list[Field]:
    """The required fields that are empty."""
    stored = stored_values(profile, details)
    return [field for field in profile.fields if field.required and field.key not in stored and not _excused(field, stored)]


def searchable_text(profile: Profile, details: Any, level: str = PUBLIC) -> str:
    """The text of the searchable fields that a reader of that level may see, one value on each line."""
    fields = _searchable(profile, level)
    return "\n".join(word for field, one in _single_values(fields, profile, details, level) for word in _words(field, one))


def searchable_terms(profile: Profile, details: Any, level: str = PUBLIC) -> Iterator[tuple[str, str]]:
    """Vocabulary and code of each term in the searchable fields that a reader of that level may see."""
    fields = [field for field in _searchable(profile, level) if field.vocabulary or field.fields]
    for field, one in _single_values(fields, profile, details, level):
        if field.type == "term" and field.vocabulary:
            yield field.vocabulary, one


def _searchable(profile: Profile, level: str) -> list[Field]:
    return [field for field in profile.fields if field.searchable and field.level in VISIBLE_LEVELS[level]]


def facet_values(profile: Profile, details: Any) -> dict[str, list[str]]:
    """Facet name → codes of the record. Only public fields are used, because everybody sees the counts of a facet."""
    public = [field for field in profile.fields if field.facet and field.level == PUBLIC]
    stored = _values_of(public, profile, details)
    return {facet_name(profile, field): list(dict.fromkeys(_codes(field, stored[field.key]))) for field in public if field.key in stored}


def csv_columns(profile: Profile) -> list[CsvColumn]:
    """The columns of the profile's own fields, in its order."""
    return [column for field in profile.fields for column in _columns(field, field.key, str(field.label), field.many)]


def _plain_fields(fields: Iterable[Field], value: Mapping[str, StoredValue]) -> dict[str, StoredValue]:
    plain = {field.key: _plain(field, value[field.key]) for field in fields if field.key in value}
    return {key: content for key, content in plain.items() if content or content not in (None, "", [], {})}


def _plain(field: Field, value: StoredValue) -> StoredValue:
    """One field without block wrapping: a list for ``many``, else one value; None when it is empty."""
    if not field.many:
        return _plain_one(field, value)
    items = [_plain_one(field, item["value"] if _is_block(item) else item) for item in value or ()]
    return [one for one in items if one or one not in (None, "", {})]


def _is_block(item: StoredValue) -> bool:
    return not isinstance(item, str) and isinstance(item, _MAPPINGS) and "value" in item and "type" in item


def _plain_one(field: Field, value: StoredValue) -> StoredValue:
    if field.type == "struct":
        return _plain_fields(field.fields, value or {})
    if field.type in ("ml", "long"):
        return value if value and (value.get("text") or "").strip() else None
    if field.type == "rule":
        return value if value and (value.get("start_month") or value.get("words") or value.get("calendar")) else None
    return value.strip() if isinstance(value, str) else value


def _wrapped(field: Field, value: StoredValue, seed: str) -> StoredValue:
    if field.many and field.type != "term":  # several terms are one block
        return [
            {"type": "item", "value": _wrapped_one(field, one, f"{seed}:{at}"), "id": _block_id(f"{seed}:{at}")}
            for at, one in enumerate(value)
        ]
    return _wrapped_one(field, value, seed)


def _wrapped_one(field: Field, value: StoredValue, seed: str) -> StoredValue:
    if field.type != "struct":
        return value
    return {part.key: _wrapped(part, value[part.key], f"{seed}:{part.key}") for part in field.fields if part.key in value}


def _block_id(seed: str) -> str:
    return str(uuid5(NAMESPACE_URL, seed))


def _excused(field: Field, stored: Mapping[str, StoredValue]) -> bool:
    return field.required_unless is not None and stored.get(field.required_unless[0]) == field.required_unless[1]


def value_list(field: Field, value: StoredValue) -> list[StoredValue]:
    """The values of a field as a list, also when it has only one."""
    if value in (None, ""):
        return []
    return value if field.many else [value]


def _single_values(fields: list[Field], profile: Profile, details: Any, level: str) -> Iterator[tuple[Field, StoredValue]]:
    """Each value of the fields, and in place of a struct those of its parts that a reader of that level may see."""
    stored = _values_of(fields, profile, details)
    for field in fields:
        yield from _parts(field, stored.get(field.key), level)


def _parts(field: Field, value: StoredValue, level: str) -> Iterator[tuple[Field, StoredValue]]:
    for one in value_list(field, value):
        if field.type != "struct":
            yield field, one
            continue
        for part in field.fields:
            if part.level in VISIBLE_LEVELS[level]:
                yield from _parts(part, one.get(part.key), level)


def _words(field: Field, value: StoredValue) -> Iterator[str]:
    """The words of one value."""
    if field.type == "term":
        yield from dict.fromkeys(labels_of(field).get(value, ()))
    elif field.type in TEXTUAL:
        yield _text(value)
    elif field.type == "rule":
        yield str(DateRule.of(value))


def _codes(field: Field, value: StoredValue) -> Iterator[str]:
    for one in value_list(field, value):
        if field.type == "struct":
            first = next((part for part in _facet_parts(field) if part.key in one), None)
            if first:
                yield from _codes(first, one[first.key])
        elif field.type == "rule":
            yield one.get("calendar") or ""
        else:
            yield _text(one)


def _facet_parts(field: Field) -> list[Field]:
    """The public parts of a struct, closed lists before free text: its facet uses the first one that has a value."""
    return sorted((part for part in field.fields if part.level == PUBLIC), key=lambda part: part.type != "term")


def facet_source(field: Field) -> Field:
    """The field that has the labels of a facet's values: for a struct its first facet part, else the field itself."""
    parts = _facet_parts(field)
    return facet_source(parts[0]) if parts else field


def _text(value: StoredValue) -> str:
    if isinstance(value, str):
        return str(value)
    return str(value["text"] if isinstance(value, _MAPPINGS) else value)


def labels_of(field: Field) -> dict[str, tuple[str, str]]:
    """Code → Vietnamese and English label, for each choice of a field."""
    if field.vocabulary:
        return term_labels(field.vocabulary)
    return {option.code: (option.label_vi, option.label_en) for option in field.options}


def _columns(field: Field, name: str, label: str, many: bool) -> Iterator[CsvColumn]:
    if field.type == "struct":
        for part in field.fields:
            yield from _columns(part, f"{name}.{part.key}", f"{label}: {part.label}", many or part.many)
    else:
        yield CsvColumn(name, label, field, many)
