"""How two versions of a record are compared where a value is no text: empty is empty, and dates and ticks are said in words."""

import datetime
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, register_comparison_class


class WordsComparison(FieldComparison):
    """Wagtail's comparison of values, with words in the place of Python's own None, True and dates."""

    def __init__(self, field: Any, old: Any, new: Any) -> None:
        super().__init__(field, old, new)
        self.val_a: str = _words(field.value_from_object(old))
        self.val_b: str = _words(field.value_from_object(new))


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
