"""The form field of a date: people write it as they speak, EDTF is stored, and the field says back what was understood."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.calendars.written.reading import read_date
from library.calendars.written.said import as_typed
from library.calendars.written.text import UnclearDateError

EXAMPLES = gettext_lazy(
    "Cứ viết như vẫn nói, ngày trước tháng sau: 12/3/2025 · 3/2025 · 1930 · khoảng 1930 · trước 1945 · thế kỷ 19 · 1930-1945 ·"
    " tháng 3 âm lịch 1975"
)


class WrittenDateInput(forms.TextInput):
    """A line to type in, and under it what was understood."""

    template_name = "cataloguing/written_date.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"url": reverse("read_written_date")}

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[forms.Script("admin/written-date.js", type="module")])  # type: ignore[list-item]


class WrittenDateField(forms.CharField):
    """Takes a date in people's words, gives EDTF. What is doubtful is an error that says how to write it."""

    widget = WrittenDateInput

    def prepare_value(self, value: Any) -> Any:
        """A stored date as people type it; what somebody has just typed stays as it is."""
        return as_typed(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return read_date(text).edtf if text else ""
        except UnclearDateError as error:
            raise ValidationError(sentence(error), code="unclear") from error


def sentence(error: UnclearDateError) -> str:
    """What is not clear, with the ways to write it."""
    if not error.choices:
        return error.sentence
    return _("%(sentence)s Có phải: %(choices)s?") % {"sentence": error.sentence, "choices": _(" hay ").join(error.choices)}
