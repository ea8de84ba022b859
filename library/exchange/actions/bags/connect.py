"""Adds what the records of a bag name: other records of it, people with a record, communities. Some records at a time."""

from collections.abc import Mapping
from typing import Any

from library.records.models import Record, RecordPerson, RecordRelation
from library.records.profiles import profile
from library.records.profiles.values import as_stored

from ...models import Import, ImportedRecord
from .codes import Codes
from .reading import Bag
from .record import details_of

RECORDS_AT_ONCE = 50
LONGEST_IDENTIFIER = 20  # of a record, as its column holds it
CONNECTED = "connected"  # the version of a row whose record has all that it names


def connect_some(job: Import, bag: Bag, codes: Codes) -> int:
    """Connects the next records that the import created; returns how many."""
    rows = list(job.rows.filter(finished=True).exclude(version=CONNECTED).order_by("number")[:RECORDS_AT_ONCE])
    results = {each.number: each for each in job.records.filter(number__in=[row.number for row in rows])}
    assets = {each.name.rpartition("/")[2]: each.asset for each in job.files.exclude(asset=None).select_related("asset")}
    entries = [(bag.record(row.number), results[row.number]) for row in rows]
    keys = _keys(job, {name for entry, _result in entries for name in _named(entry)})
    for entry, result in entries:
        if result.record_id and (entry["communities"] or not keys.keys().isdisjoint(_named(entry))):
            _connect(result, entry, codes, assets, keys)
    job.rows.filter(pk__in=[row.pk for row in rows]).update(version=CONNECTED)
    return len(rows)


def _named(entry: Mapping[str, Any]) -> set[str]:
    """Identifiers of the bag that the record may name: relations, people, and every text in its own fields."""
    named = {str(each["record"]) for each in (*entry["relations"], *entry["people"]) if each["record"]}
    return named | set(_texts(entry["details"]))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if len(value) <= LONGEST_IDENTIFIER else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def _keys(job: Import, named: set[str]) -> dict[str, int]:
    """Identifier in the bag → record of this library, for the records of the bag alone, which are read through once."""
    codes = {row.cells[0]: row.code for row in job.rows.filter(cells__0__in=sorted(named)).exclude(code="")}
    by_code = dict(Record.objects.filter(source_key__in=codes.values()).values_list("source_key", "pk"))
    by_identifier = dict(Record.objects.filter(identifier__in=codes).values_list("identifier", "pk"))
    keys = {identifier: by_code.get(code) or by_identifier.get(identifier) for identifier, code in codes.items()}
    return {identifier: key for identifier, key in keys.items() if key}


def _connect(result: ImportedRecord, entry: Mapping[str, Any], codes: Codes, assets: Mapping[str, Any], keys: Mapping[str, int]) -> None:
    record = Record.objects.get(pk=result.record_id or 0)
    relations = [each for each in entry["relations"] if each["record"] in keys]
    rows: dict[str, list[Any]] = {
        "relations": [RecordRelation(sort_order=at, kind=each["kind"], target_id=keys[each["record"]]) for at, each in enumerate(relations)]
    }
    if any(person["record"] for person in entry["people"]):
        rows["people"] = [
            RecordPerson(sort_order=at, role=each["role"], name=each["name"], person_id=keys.get(each["record"]))
            for at, each in enumerate(entry["people"])
            if each["name"] or each["record"] in keys
        ]
    for name, children in rows.items():
        setattr(record, name, children)
    record.communities = [codes.key("communities", slug) for slug in entry["communities"]]
    details = details_of(entry, codes, assets, keys)
    record.details = as_stored(profile(record.record_type), details, seed=record.identifier) if details else []  # type: ignore[assignment]
    record.save()
    ImportedRecord.objects.filter(pk=result.pk).update(saved_at=record.updated_at)
