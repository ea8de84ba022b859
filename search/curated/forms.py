"""The form of a curated question, and what it says as a row that the search understands, saved or not."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..understanding import CuratedRow, SynonymRow

PINS, BARS, SYNONYMS = "pins", "bars", "synonyms"


class CuratedQuestionForm(WagtailAdminModelForm):
    """Refuses a question for which nothing is set, and a record that is pinned and barred at once."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        pinned, barred = set(_values(self, PINS, "record_id")), set(_values(self, BARS, "record_id"))
        if pinned & barred:
            raise ValidationError(_("Một tư liệu không thể vừa ghim vừa không cho ra."))
        if not (pinned or barred or list(_values(self, SYNONYMS, "words"))):
            raise ValidationError(_("Hãy ghim, bỏ ra, hoặc thêm từ đồng nghĩa: chưa có gì được đặt cho câu này."))
        return cleaned


def row_of(form: Any) -> CuratedRow:
    """What the form says now, as far as its fields can be read."""
    form.is_valid()
    synonyms = zip(_values(form, SYNONYMS, "words"), _values(form, SYNONYMS, "both_ways"), strict=True)
    return CuratedRow(
        question=form.cleaned_data.get("question", ""),
        pinned=tuple(dict.fromkeys(_values(form, PINS, "record_id"))),
        barred=tuple(dict.fromkeys(_values(form, BARS, "record_id"))),
        synonyms=tuple(SynonymRow(words, both_ways) for words, both_ways in synonyms),
    )


def _values(form: Any, name: str, field: str) -> Iterator[Any]:
    """A value of each row of a formset that is filled in and stays, in the order in which they stand on the page."""
    formset = form.formsets[name]
    formset.is_valid()
    rows = [each for each in formset.forms if each.is_valid() and each.cleaned_data and not each.cleaned_data.get("DELETE")]
    for row in sorted(rows, key=lambda row: row.cleaned_data.get("ORDER") or 0):
        yield getattr(row.instance, field)
