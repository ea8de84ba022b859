"""How two versions of the fields of a type are compared: field by field, in the words that readers see, never in codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import FieldComparison, TextFieldComparison, diff_text, register_comparison_class

from library.access import STAFF
from library.calendars.edtf_dates import wording
from library.records.models import RecordDate, RecordText
from library.records.models.fields import ProfileField
from library.records.profiles import DisplayRow, DisplayValue, display_rows, profile
from library.records.written_languages import name_of
from media_pipeline.models import Asset


@dataclass(frozen=True, slots=True)
class DetailsDifference:
    """One field of the type that differs: its label, and its words in the older and in the newer version."""

    label: str
    old: str
    new: str


def details_in_words(record: Any) -> dict[str, tuple[str, str]]:
    """Key of a field → its label and its words, as staff of the office read them."""
    rows = display_rows(profile(record.record_type), record.details, STAFF, visible=lambda target: True)
    return {row.key: (row.label, _words(row)) for row in rows}


def details_differences(old: Any, new: Any) -> list[DetailsDifference]:
    """The fields of the type that differ between two versions of a record, in the order of the form."""
    before, after = details_in_words(old), details_in_words(new)
    keys = [field.key for field in profile(new.record_type).fields]
    return [
        DetailsDifference((after.get(key) or before[key])[0], before.get(key, ("", ""))[1], after.get(key, ("", ""))[1])
        for key in keys
        if (key in before or key in after) and before.get(key) != after.get(key)
    ]


def _words(row: DisplayRow) -> str:
    return "\n".join(_value(value) for value in row.values)


def _value(value: DisplayValue) -> str:
    if value.rows:
        return "; ".join(f"{part.label}: {_words(part)}" for part in value.rows)
    if value.asset_id is not None:
        return str(Asset.objects.filter(pk=value.asset_id).first() or "")
    return value.text


class DetailsComparison(FieldComparison):
    """Wagtail's comparison of the fields of a type: only those that differ, each with its label."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        self.differences = details_differences(old, new)

    def has_changed(self) -> bool:
        return bool(self.differences)

    def htmldiff(self) -> SafeString:
        return format_html("<dl>{}</dl>", _lines(self.differences))


def _lines(differences: Iterable[DetailsDifference]) -> SafeString:
    lines = ((each.label, diff_text(each.old, each.new).to_html()) for each in differences)
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines)


# Fields of rows that store a code → what staff read.
IN_WORDS = {(RecordDate, "edtf"): lambda code: wording(code) if code else "", (RecordText, "language"): name_of}


class CodeComparison(TextFieldComparison):
    """Wagtail's comparison of texts; a stored date or language is said in words."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        say = IN_WORDS.get((field.model, field.name))
        if say is not None:
            self.val_a: str = say(self.val_a)
            self.val_b: str = say(self.val_b)


def register_details_comparison() -> None:
    """Makes Wagtail compare so on every screen."""
    register_comparison_class(ProfileField, comparison_class=DetailsComparison)
    register_comparison_class(CharField, comparison_class=CodeComparison)
