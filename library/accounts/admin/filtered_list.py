"""A list of checkboxes; a long one gets a field that narrows it while somebody types."""

from typing import Any

from django import forms

LONGEST_PLAIN = 8  # choices that the eye still takes in at once


class FilteredCheckboxes(forms.CheckboxSelectMultiple):
    """Django's checkboxes. The field above them needs script; without it the whole list shows."""

    template_name = "accounts/admin/filtered_list.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"long": len(list(self.choices)) > LONGEST_PLAIN}

    @property
    def media(self) -> forms.Media:
        script = forms.Script("admin/filtered-list.js", type="module")  # the browser runs a module after the page is parsed
        return forms.Media(js=[script])  # type: ignore[list-item]
