"""The terms in the fields of a record's own type: what they are, and other codes in their place. Which fields hold terms, profiles say."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..profiles import Field, Profile
from ..profiles.blocks import CALENDARS

Swap = Callable[[str, str], str]  # vocabulary and code → the code to stand there
Code = tuple[str, str]  # vocabulary and code


def codes_in(profile: Profile, details: Any) -> set[Code]:
    """All terms that the stored fields name."""
    found: set[Code] = set()

    def note(vocabulary: str, code: str) -> str:
        found.add((vocabulary, code))
        return code

    with_codes(profile, details, note)
    return found


def with_codes(profile: Profile, details: Iterable[Any], swap: Swap) -> list[Any]:
    """The stored fields (a list of one block) with the codes that ``swap`` gives."""
    return [
        {**block, "value": _struct(profile.fields, block["value"], swap)} if block["type"] == profile.block_name else block
        for block in details
    ]


def _struct(fields: Iterable[Field], values: Mapping[str, Any], swap: Swap) -> dict[str, Any]:
    changed = {field.key: _field(field, values[field.key], swap) for field in fields if values.get(field.key)}
    return {**values, **changed}


def _field(field: Field, value: Any, swap: Swap) -> Any:
    if field.type == "term":
        return _terms(field, value, swap)
    if field.type not in ("struct", "rule"):
        return value
    if field.many:
        return [{**item, "value": _part(field, item["value"], swap)} for item in value]
    return _part(field, value, swap)


def _part(field: Field, value: Mapping[str, Any], swap: Swap) -> Mapping[str, Any]:
    if field.type == "struct":
        return _struct(field.fields, value, swap)
    calendar = value.get("calendar")
    return {**value, "calendar": swap(CALENDARS, calendar)} if calendar else value


def _terms(field: Field, value: Any, swap: Swap) -> Any:
    if not field.vocabulary:  # a short list that is written in the profile
        return value
    if isinstance(value, str):
        return swap(field.vocabulary, value)
    return list(dict.fromkeys(swap(field.vocabulary, code) for code in value))
