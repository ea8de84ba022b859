"""The base of our lists in the admin."""

from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import SnippetViewSet


class AdminList(SnippetViewSet):
    """A list whose first breadcrumb speaks the reader's language: Wagtail translates that of snippets once, when the server starts."""

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way to a list: the first page. No list of ours stands under Wagtail's list of snippets."""
        items: list[dict[str, Any]] = WagtailAdminTemplateMixin.breadcrumbs_items
        return items
