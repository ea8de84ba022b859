"""What a page shows of the fields of a profile: labels and values in the reader's language, and nothing above the reader's level.

Asks the database once for each kind of thing that is referred to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from library.access import PUBLIC
from library.calendars.edtf_dates import wording
from library.calendars.rules import DateRule

from .schema import Field, Profile, bilingual
from .values import SEES, Stored, each_value, labels_of, ref_model, stored_values

Visible = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """One value on a page: its text with the language it is in, perhaps an address, a file, or rows of its own."""

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
    values: tuple[Shown, ...]


def is_public(thing: Any) -> bool:
    """Whether anybody may see what a reference points to: authorities always, records by their own level."""
    return bool(getattr(thing, "published", True)) and getattr(thing, "access_level", PUBLIC) == PUBLIC


def display_rows(profile: Profile, details: Any, viewer_level: str = PUBLIC, visible: Visible = is_public) -> list[DisplayRow]:
    """The fields a reader may see, with label and values in the reader's language.

    ``viewer_level`` is the reader's standing towards this record; ``visible`` decides whether the title of another record
    that this one refers to may be shown at all.
    """
    held = stored_values(profile, details)
    return _rows(profile.fields, held, viewer_level, _referred(profile.fields, held, visible))


def _rows(fields: Iterable[Field], held: Mapping[str, Stored], level: str, referred: Mapping[str, Any]) -> list[DisplayRow]:
    rows = []
    for field in fields:
        if field.level in SEES.get(level, {PUBLIC}):
            values = tuple(shown for one in each_value(field, held.get(field.key)) if (shown := _shown(field, one, level, referred)))
            if values:
                rows.append(DisplayRow(field.key, str(field.label), field.type, values))
    return rows


def _shown(field: Field, one: Stored, level: str, referred: Mapping[str, Any]) -> Shown | None:
    if field.type == "struct":
        rows = tuple(_rows(field.fields, one, level, referred))
        return Shown(rows=rows) if rows else None
    if field.type == "ref":
        thing = referred.get(f"{ref_model(field)}:{one}")
        address = getattr(thing, "get_absolute_url", None)
        return Shown(str(thing), url=address() if address else "") if thing else None
    return SHOWN_AS[field.type](field, one)


def _shown_term(field: Field, code: Stored) -> Shown:
    return Shown(str(bilingual(*labels_of(field).get(code, (code, code)))))


def _shown_text(field: Field, value: Stored) -> Shown:
    return Shown(value["text"], language=value.get("lang", "")) if isinstance(value, Mapping) else Shown(str(value))


SHOWN_AS: dict[str, Callable[[Field, Stored], Shown]] = {
    **dict.fromkeys(("text", "ml", "long", "number"), _shown_text),
    "term": _shown_term,
    "url": lambda field, value: Shown(value, url=value),
    "edtf": lambda field, value: Shown(wording(value)),
    "rule": lambda field, value: Shown(str(DateRule.of(value))),
    "media": lambda field, value: Shown(asset_id=value),
}


def _referred(fields: Iterable[Field], held: Mapping[str, Stored], visible: Visible) -> dict[str, Any]:
    """The things referred to that may be shown, by model and id; one query a model."""
    wanted: dict[str, set[int]] = {}
    for model, pk in _references(fields, held):
        wanted.setdefault(model, set()).add(pk)
    found: dict[str, Model] = {}
    for model, pks in wanted.items():
        things = apps.get_model(model)._default_manager.in_bulk(pks)
        found |= {f"{model}:{pk}": thing for pk, thing in things.items() if visible(thing)}
    return found


def _references(fields: Iterable[Field], held: Mapping[str, Stored]) -> Iterator[tuple[str, int]]:
    for field in fields:
        for one in each_value(field, held.get(field.key)):
            if field.type == "struct":
                yield from _references(field.fields, one)
            elif field.type == "ref":
                yield ref_model(field), one
