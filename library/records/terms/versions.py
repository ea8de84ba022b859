"""The terms in the content of a version of a record. A version keeps what was written; merges are followed when it is read."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Model
from modelcluster.models import get_all_child_relations

from library.vocabularies.merges import Merges
from library.vocabularies.models import Term

from ..profiles import profile
from .details import Code, codes_in, with_codes

Content = dict[str, Any]


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    """Names of the fields of a model that point to terms."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return tuple(field.name for field in fields if field.related_model is Term)


@cache
def _child_columns(model: type[Model]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Name of each kind of rows that belong to the model, with their fields that point to terms."""
    children = [(str(relation.get_accessor_name()), _columns(relation.related_model)) for relation in get_all_child_relations(model)]
    return tuple((name, columns) for name, columns in children if columns)


def _swapped(value: Any, swap: Callable[[int], int]) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(swap(key) for key in value))
    return value if value is None else swap(value)


def _with_keys(model: type[Model], content: Content, swap: Callable[[int], int]) -> Content:
    changed: Content = {name: _swapped(content[name], swap) for name in _columns(model) if name in content}
    for name, columns in _child_columns(model):
        rows = content.get(name) or []
        changed[name] = [{**row, **{column: _swapped(row[column], swap) for column in columns if column in row}} for row in rows]
    return {**content, **changed}


def following_merges(model: type[Model], record_type: str, content: Content, merges: Merges) -> Content:
    """The content of a version, with what merged terms lead to in their place."""
    if not merges.keys:
        return content
    followed = _with_keys(model, content, merges.key)
    if content.get("details"):
        details = with_codes(profile(record_type), _blocks(content["details"]), merges.code)
        followed["details"] = json.dumps(details) if isinstance(content["details"], str) else details
    return followed


def terms_in(model: type[Model], record_type: str, content: Content) -> tuple[set[int], set[Code]]:
    """Keys and codes of the terms in the content of a version."""
    keys: set[int] = set()

    def note(key: int) -> int:
        keys.add(key)
        return key

    _with_keys(model, content, note)
    return keys, codes_in(profile(record_type), _blocks(content.get("details") or []))


def _blocks(details: Any) -> list[Any]:
    return list(json.loads(details)) if isinstance(details, str) else list(details)
