"""The field of a record's title, which tells of near titles while one is typed."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from library.records.models import Record


class TitleInput(forms.TextInput):
    """A line to type in, and under it the records of the same type whose titles are near. ``record``: the one that is described."""

    template_name = "cataloguing/title.html"
    record: Record | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        own = {"type": self.record.record_type, "own": self.record.identifier} if self.record else {}
        return super().get_context(name, value, attrs) | {"url": f"{reverse('near_titles')}?{urlencode(own)}"}

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[forms.Script("admin/near-titles.js", type="module")])  # type: ignore[list-item]
