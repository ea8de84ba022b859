"""What a page shows of the fields of a profile: labels and values in the reader's language, up to the reader's access level.

Makes one query for each model that the fields refer to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from library.access import PUBLIC
from library.calendars.edtf_dates import for_readers
from library.calendars.rules import DateRule
from library.metadata.web_addresses import web_address

from .schema import Field, Profile, bilingual
from .values import VISIBLE_LEVELS, StoredValue, labels_of, ref_model, stored_values, value_list

UNKNOWN = ("", "unknown")
RECORDED_IN = "vi"
IsVisible = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class DisplayValue:
    """One value on a page: a text with its language where that is known, and perhaps an address; or a file; or rows of its own."""

    text: str = ""
    language: str = ""
    url: str = ""
    asset_id: int | None = None
    rows: tuple["DisplayRow", ...] = ()


@dataclass(frozen=True, slots=True)
class DisplayRow:
    """One field on a page: its label and its values."""

    key: str
    label: str
    type: str
    values: tuple[DisplayValue, ...]


def is_public(target: Any) -> bool:
    """Whether everybody may see what a reference points to: an authority always, a record when it is published and public."""
    return bool(getattr(target, "published", True)) and getattr(target, "access_level", PUBLIC) == PUBLIC


def says_nothing(value: StoredValue) -> bool:
    """Whether a value only says that nobody knows: "unknown", alone or in every part. Pages ask for it and do not print it."""
    if isinstance(value, Mapping):
        return all(map(says_nothing, value.values()))
    if isinstance(value, list):
        return all(map(says_nothing, value))
    return value in UNKNOWN


def display_rows(profile: Profile, details: Any, viewer_level: str = PUBLIC, visible: IsVisible = is_public) -> list[DisplayRow]:
    """The fields that a reader may see, with label and values in the reader's language.

    ``viewer_level`` is the strictest level of fields of this record that the reader may see. ``visible`` decides for each record that
    this one refers to whether its title may be shown.
    """
    stored = stored_values(profile, details)
    return _rows(profile.fields, stored, viewer_level, _targets(profile.fields, stored, visible))


def _rows(fields: Iterable[Field], stored: Mapping[str, StoredValue], level: str, targets: Mapping[str, Any]) -> list[DisplayRow]:
    rows = []
    for field in fields:
        if field.level in VISIBLE_LEVELS.get(level, {PUBLIC}):
            values = tuple(
                shown for value in value_list(field, stored.get(field.key)) if (shown := _display_value(field, value, level, targets))
            )
            if values:
                rows.append(DisplayRow(field.key, str(field.label), field.type, values))
    return rows


def _display_value(field: Field, value: StoredValue, level: str, targets: Mapping[str, Any]) -> DisplayValue | None:
    if field.type == "struct":
        rows = tuple(_rows(field.fields, value, level, targets))
        return DisplayValue(rows=rows) if rows else None
    if field.type == "ref":
        target = targets.get(f"{ref_model(field)}:{value}")
        address = getattr(target, "get_absolute_url", None)
        return DisplayValue(str(target), url=address() if address else "") if target else None
    return None if says_nothing(value) else DISPLAY[field.type](field, value)


def _display_term(field: Field, code: StoredValue) -> DisplayValue:
    labels = labels_of(field).get(code)
    return DisplayValue(str(bilingual(*labels)) if labels else _("mục không còn trong danh mục: %(code)s") % {"code": code})


def _display_text(field: Field, value: StoredValue) -> DisplayValue:
    """A text as it was recorded: in the language that it names, else in the one that staff write."""
    return DisplayValue(value["text"], value.get("lang", "")) if isinstance(value, Mapping) else DisplayValue(str(value), RECORDED_IN)


DISPLAY: dict[str, Callable[[Field, StoredValue], DisplayValue]] = {
    **dict.fromkeys(("text", "ml", "long"), _display_text),
    "number": lambda field, value: DisplayValue(str(value)),
    "term": _display_term,
    "url": lambda field, value: DisplayValue(value, url=web_address(value)),
    "edtf": lambda field, value: DisplayValue(for_readers(value)),
    "rule": lambda field, value: DisplayValue(str(DateRule.of(value))),
    "media": lambda field, value: DisplayValue(asset_id=value),
}


def _targets(fields: Iterable[Field], stored: Mapping[str, StoredValue], visible: IsVisible) -> dict[str, Any]:
    """What the fields refer to and may be shown, by ``app.Model:key``; one query for each model."""
    keys: dict[str, set[int]] = {}
    for model, pk in _references(fields, stored):
        keys.setdefault(model, set()).add(pk)
    targets: dict[str, Model] = {}
    for model, pks in keys.items():
        objects = apps.get_model(model)._default_manager.in_bulk(pks)
        targets |= {f"{model}:{pk}": target for pk, target in objects.items() if visible(target)}
    return targets


def _references(fields: Iterable[Field], stored: Mapping[str, StoredValue]) -> Iterator[tuple[str, int]]:
    for field in fields:
        for value in value_list(field, stored.get(field.key)):
            if field.type == "struct":
                yield from _references(field.fields, value)
            elif field.type == "ref":
                yield ref_model(field), value
