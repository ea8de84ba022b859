"""The field of a page's title."""

from typing import Any

from wagtail.admin.widgets import AdminAutoHeightTextInput


class TitleLines(AdminAutoHeightTextInput):
    """A field as high as the title is long, for a phone shows twenty letters in a line. What is stored has no line of its own."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        value = super().value_from_datadict(data, files, name)
        return None if value is None else " ".join(value.split())
