"""How Wagtail compares two versions of a record: in the words of its form, never in codes, EDTF or Python's own None."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextFieldComparison, diff_text, register_comparison_class

from library.calendars.edtf_dates import wording
from library.records.models import RecordDate, RecordText
from library.records.models.fields import ProfileField
from library.records.written_languages import name_of
from library.review.differences import Difference, details_in_words

# Fields of rows that store a code → what staff read.
IN_WORDS = {(RecordDate, "edtf"): lambda code: wording(code) if code else "", (RecordText, "language"): name_of}


class WordsComparison(FieldComparison):
    """Values that are no text: ticks, numbers and dates in words, nothing for None."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        self.val_a: str = _words(field.value_from_object(old))
        self.val_b: str = _words(field.value_from_object(new))


class CodeComparison(TextFieldComparison):
    """Texts; a stored date or language is said in words."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        say = IN_WORDS.get((field.model, field.name))
        if say is not None:
            self.val_a: str = say(self.val_a)
            self.val_b: str = say(self.val_b)


class DetailsComparison(FieldComparison):
    """The fields of the record's own profile: only those that differ, each with its label."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        self.differences = details_differences(old, new)

    def has_changed(self) -> bool:
        return bool(self.differences)

    def htmldiff(self) -> SafeString:
        return format_html("<dl>{}</dl>", _lines(self.differences))


def details_differences(old: Any, new: Any) -> list[Difference]:
    """The fields of the type that differ between two versions of a record, in the order of the form."""
    before, after = dict(details_in_words(old)), dict(details_in_words(new))
    labels = dict.fromkeys((*after, *before))
    each = (Difference(label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [difference for difference in each if difference.before != difference.after]


def _lines(differences: Iterable[Difference]) -> SafeString:
    lines = ((each.label, diff_text(each.before, each.after).to_html()) for each in differences)
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return str(localize(value)) if isinstance(value, datetime.date | int | float) else str(value)


def register_comparisons() -> None:
    """Makes Wagtail compare so on every screen."""
    for kind in (models.DateField, models.DateTimeField, models.BooleanField, models.IntegerField, models.FloatField, models.DecimalField):
        register_comparison_class(kind, comparison_class=WordsComparison)
    register_comparison_class(ProfileField, comparison_class=DetailsComparison)
    register_comparison_class(models.CharField, comparison_class=CodeComparison)
