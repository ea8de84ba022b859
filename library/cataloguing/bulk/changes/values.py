"""Changes of fields that have one value: columns of the record, fields of the profile of its type."""

import copy
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.access import STAFF, Viewer
from library.records.models import Record
from library.records.profiles import Field, Profile, display_rows
from library.records.profiles.blocks import struct_block
from library.records.profiles.schema import AUTHORITIES
from library.records.profiles.values import as_stored, stored_values

from .change import ContentChange, Json, form_field

#: Types of profile fields that many records may share; of references those to authorities, and of all those that one input holds.
SHARED_TYPES = ("text", "number", "url", "term", "edtf", "ref")


class ColumnChange(ContentChange):
    """Sets a column of the record to one value."""

    def __init__(self, name: str, heading: Any) -> None:
        self.column = cast(Any, Record._meta.get_field(name))
        super().__init__(name, self.column.verbose_name, heading)

    def fields(self, user: Any) -> dict[str, forms.Field]:
        label = _("Giá trị mới")
        if self.column.choices:  # nothing is chosen beforehand
            return {"value": forms.ChoiceField(label=label, choices=self.column.flatchoices, widget=forms.RadioSelect)}
        return {"value": form_field(self.column, label=label)}

    def value(self, cleaned: Mapping[str, Any]) -> Json:
        value = cleaned["value"]
        return getattr(value, "pk", value)

    def said(self, value: Json, viewer: Viewer) -> str:
        return self.words(value, viewer)

    def read_draft(self, draft: Record) -> Json:
        return getattr(draft, self.column.attname)

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return value

    def write_draft(self, draft: Record, to: Json) -> None:
        setattr(draft, self.column.attname, to)

    def words(self, read: Json, viewer: Viewer) -> str:
        if read in (None, ""):
            return ""
        if self.column.is_relation:
            return str(self.column.related_model.objects.filter(pk=read).first() or "")
        return str(dict(self.column.flatchoices).get(read, read))

    def _column(self) -> str:
        return str(self.column.name)


class ProfileChange(ContentChange):
    """Sets a field of the profile of one type."""

    def __init__(self, own: Profile, field: Field) -> None:
        super().__init__(f"{own.code}.{field.key}", field.label, own.label)
        self.profile, self.field, self.record_type = own, field, own.code

    def fields(self, user: Any) -> dict[str, forms.Field]:
        field = copy.copy(self._block().field)
        field.required, field.label = True, _("Giá trị mới")
        return {"value": field}

    def value(self, cleaned: Mapping[str, Any]) -> Json:
        block = self._block()
        return block.get_prep_value(block.value_from_form(cleaned["value"]))

    def said(self, value: Json, viewer: Viewer) -> str:
        return self.words(value, viewer)

    def read_draft(self, draft: Record) -> Json:
        return stored_values(self.profile, draft.details, [self.field.key]).get(self.field.key)

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return value

    def write_draft(self, draft: Record, to: Json) -> None:
        values = stored_values(self.profile, draft.details)
        values.pop(self.field.key, None)
        if to is not None:
            values[self.field.key] = to
        draft.details = as_stored(self.profile, values, seed=draft.identifier)  # type: ignore[assignment]

    def words(self, read: Json, viewer: Viewer) -> str:
        if read in (None, "", []):
            return ""
        details = as_stored(self.profile, {self.field.key: read}, seed=self.code)
        rows = display_rows(self.profile, details, STAFF, visible=lambda target: not isinstance(target, Record))
        return ", ".join(value.text for row in rows for value in row.values)

    def _block(self) -> Any:
        return struct_block(self.profile).child_blocks[self.field.key]


def profile_changes(own: Profile) -> list[ProfileChange]:
    """The changes of those fields of a type that many records may share."""
    children = struct_block(own).child_blocks
    return [ProfileChange(own, field) for field in own.fields if _is_shared(field) and isinstance(children[field.key], blocks.FieldBlock)]


def _is_shared(field: Field) -> bool:
    """A text in a language, a link to another record, a file or a table of rows is a record's own."""
    return field.type in SHARED_TYPES and (field.type != "ref" or set(field.targets) <= set(AUTHORITIES))
