"""Walks over the stored values of a profile: finds what they refer to, and copies them with other references, without closed fields."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from library.records.profiles import Field
from library.records.profiles.values import VISIBLE_LEVELS, value_list

REFERRING = ("ref", "media")
Change = Callable[[Field, Any], Any]  # (field, key) → what stands for it; None leaves it out


def references(fields: Iterable[Field], values: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Each reference to a row or a file."""
    for field in fields:
        for value in value_list(field, values.get(field.key)):
            if field.type == "struct":
                yield from references(field.fields, value)
            elif field.type in REFERRING:
                yield field, value


def copied(fields: Iterable[Field], values: Mapping[str, Any], change: Change, level: str) -> dict[str, Any]:
    """The values of the fields that a reader of that level may see. Empty ones are left out."""
    copy = {}
    for field in fields:
        if field.key not in values or field.level not in VISIBLE_LEVELS[level]:
            continue
        fresh = [_copied_one(field, value, change, level) for value in value_list(field, values[field.key])]
        fresh = [value for value in fresh if value not in (None, {})]
        if fresh:
            copy[field.key] = fresh if field.many else fresh[0]
    return copy


def _copied_one(field: Field, value: Any, change: Change, level: str) -> Any:
    if field.type == "struct":
        return copied(field.fields, value, change, level)
    return change(field, value) if field.type in REFERRING else value
