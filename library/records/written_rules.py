"""The input of a date rule: its words, and under them what the numbers beside it mean."""

from typing import Any

from django import forms
from django.urls import reverse


class RuleWordsInput(forms.TextInput):
    """A line for the words of a rule; the script under it reads the numbers of the same rule."""

    template_name = "cataloguing/date_rule.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"url": reverse("read_date_rule")}

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[forms.Script("admin/date-rule.js", type="module")])  # type: ignore[list-item]
