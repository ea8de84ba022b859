"""Whether a form that asks for publication was published already: a second press, or a weak line that sends again."""

import json
from typing import Any

from library.records.models import Record

KEYS = {"pk", "id", "record"}  # given by the database or at random, never typed


def is_published(form: Any) -> bool:
    """Whether the published version of the record already has everything that this valid form would store."""
    record = Record.objects.select_related("live_revision").get(pk=form.instance.pk)
    if not record.live or record.has_unpublished_changes or record.live_revision is None:
        return False
    names = [*form.fields, *form.formsets]
    return _typed(form.instance.serializable_data(), names) == _typed(record.live_revision.content, names)


def _typed(content: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """What people typed of a version: the fields of the form, without keys."""
    return {name: _without_keys(json.loads(value) if name == "details" else value) for name in names if (value := content.get(name))}


def _without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_keys(each) for name, each in value.items() if name not in KEYS}
    return [_without_keys(each) for each in value] if isinstance(value, list) else value
