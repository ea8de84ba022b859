"""How two versions of a record are compared where a value is no text: empty is empty, and dates and ticks are said in words."""

import datetime
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextFieldComparison, register_comparison_class

from library.records.models.fields import ProfileField
from library.review.differences import details_in_words


class WordsComparison(FieldComparison):
    """Wagtail's comparison of values, with words in the place of Python's own None, True and dates."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        self.val_a: str = _words(field.value_from_object(old))
        self.val_b: str = _words(field.value_from_object(new))


class DetailsComparison(TextFieldComparison):
    """The fields of the record's own profile as their labels and values in words; Wagtail shows blocks with their codes."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        self.val_a, self.val_b = (
            "; ".join(f"{label}: {' / '.join(text.splitlines())}" for label, text in details_in_words(each)) for each in (old, new)
        )


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
