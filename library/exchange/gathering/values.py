"""The values of a record under each column of the import, in words that the import reads again."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from library.calendars.rules import DateRule
from library.records.models import Record
from library.records.profiles import Field, profile
from library.records.profiles.values import ref_model, value_list
from library.records.written_languages import UNKNOWN, name_of
from library.vocabularies.models import AdminChange, AdminUnit

from ..columns.column import Column
from ..columns.table import options_of
from ..models import SheetTemplate
from .batch import RECORD_MODEL, Batch

NO_CODE = "~"  # begins the own code of a record that came without one (actions/resolve.py)


class Values:
    """Words for the records of one batch."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._options: dict[str, dict[str, str]] = {}
        self._stored: dict[int, dict[str, Any]] = {}

    @cached_property
    def sheet_templates(self) -> dict[str, int]:
        """The path of each office that has a template of inventory sheets → the key of the template."""
        return dict(SheetTemplate.objects.values_list("office__path", "pk"))

    def of(self, record: Record, column: Column) -> list[str]:
        """The values, in their order; ``""`` where a row of an own field lacks this part."""
        if column.kind.startswith("own_"):
            return self._own(record, column)
        return [value for value in _READERS[column.kind](self, record, column) if value]

    def label(self, column: Column, code: str) -> str:
        """The label of one of a short list."""
        if column.key not in self._options:
            self._options[column.key] = dict(options_of(column))
        return self._options[column.key].get(code, code)

    def _own(self, record: Record, column: Column) -> list[str]:
        if record.pk not in self._stored:
            self._stored[record.pk] = self.batch.stored(record)
        values = _values_at(profile(record.record_type).fields, self._stored[record.pk], column.target.split("."))
        return [self._own_text(column, value) if value is not None else "" for value in values]

    def _own_text(self, column: Column, value: Any) -> str:
        kind = column.field.type if column.field else "text"
        if kind == "ref":
            return self._reference(column.field, value)
        if kind == "term":
            return self.label(column, value)
        if kind == "rule":
            return str(value.get("words") or DateRule.of(value))
        if kind == "number":
            return f"{value:g}" if abs(value) < 1e6 else str(value)
        return str(value["text"] if isinstance(value, Mapping) else value)

    def _reference(self, field: Field | None, key: Any) -> str:
        model = ref_model(field) if field else RECORD_MODEL
        if model == RECORD_MODEL:
            named, path = self.batch.named[key], self.batch.viewer.office_path
            return named.identifier if path is not None and named.office_path.startswith(path) else ""
        row = self.batch.row(model, key)
        if row is None:
            return ""
        return self.units[row.pk] if isinstance(row, AdminUnit) else str(row.name_vi if hasattr(row, "name_vi") else row)

    @cached_property
    def units(self) -> "_Units":
        return _Units()


class _Units(dict[int, str]):
    """Key → the unit with all above it, each read when it is asked for."""

    def __missing__(self, key: int) -> str:
        label, parent = AdminUnit.objects.values_list("label_vi", "parent_id").get(pk=key)
        self[key] = words = f"{label}, {self[parent]}" if parent else str(label)
        return words


def _values_at(fields: tuple[Field, ...], values: Mapping[str, Any], path: list[str]) -> list[Any]:
    """The values at a path; of each row of a struct the first one, else None."""
    field = next(field for field in fields if field.key == path[0])
    found = value_list(field, values.get(field.key))
    if len(path) == 1:
        return found
    parts = [_values_at(field.fields, row, path[1:]) for row in found]
    return [next(iter(part), None) for part in parts] if field.many else [value for part in parts for value in part]


def _code(values: Values, record: Record, column: Column) -> list[str]:
    office, _slash, code = (record.source_key or "").partition("/")
    return [code] if office == record.office.code and not code.startswith(NO_CODE) else []


def _places(values: Values, record: Record, column: Column) -> list[str]:
    return [values.units[unit.pk] for unit in record.places.all()]


def _former_places(values: Values, record: Record, column: Column) -> list[str]:
    """``former → of today`` where the record names both, else ``former → ?``: the import asks about nothing that was decided."""
    own = {unit.pk for unit in record.places.all()}
    words = []
    for unit in record.former_units.all():
        became = AdminChange.objects.filter(old=unit, new__in=own).values_list("new_id", flat=True).first()
        words.append(f"{values.units[unit.pk]} → {values.units[became] if became else '?'}")
    return words


def _groups(values: Values, record: Record, column: Column) -> list[str]:
    """Local groups by their own name, and each people that has none of them here."""
    subgroups = list(record.subgroups.all())
    named = {subgroup.group_id for subgroup in subgroups}
    return [*(group.name_vi for group in record.groups.all() if group.pk not in named), *(subgroup.name for subgroup in subgroups)]


def _names(values: Values, record: Record, column: Column) -> list[str]:
    texts = [text for text in record.texts.all() if text.role == column.target]
    return [text.text if text.language == UNKNOWN else f"{text.text} ({name_of(text.language)})" for text in texts]


def _dates(values: Values, record: Record, column: Column) -> list[str]:
    return [date.wording if date.calendar_id and date.wording else date.edtf or date.wording for date in record.dates.all()]


def _people(values: Values, record: Record, column: Column) -> list[str]:
    own = [person for person in record.people.all() if person.role == column.target]
    named = values.batch.named
    return [person.name or (named[person.person_id].title if person.person_id in named else "") for person in own]


def _sources(values: Values, record: Record, column: Column) -> list[str]:
    return [cited.source.code if cited.source else cited.citation for cited in record.sources.all()]


_READERS: dict[str, Callable[[Values, Record, Column], list[str]]] = {
    "identifier": lambda values, record, column: [record.identifier],
    "code": _code,
    "text": lambda values, record, column: [getattr(record, column.target)],
    "choice": lambda values, record, column: [values.label(column, getattr(record, column.target) or "")],
    "names": _names,
    "groups": _groups,
    "places": _places,
    "former_places": _former_places,
    "dates": _dates,
    "terms": lambda values, record, column: [term.label_vi for term in getattr(record, column.target).all()],
    "term": lambda values, record, column: [record.rights.label_vi],
    "tags": lambda values, record, column: [tag.name for tag in record.tags.all()],
    "people": _people,
    "sources": _sources,
}
