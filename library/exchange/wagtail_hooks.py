"""Registers the screens of imports and exports, and the export of what is ticked in the list of records."""

from typing import Any

from wagtail import hooks

from .views.export_bulk import ExportRecords
from .views.viewset import ExportViewSet, ImportViewSet

hooks.register("register_bulk_action", ExportRecords)


@hooks.register("register_admin_viewset")
def register_imports() -> list[Any]:
    """The imports of the office, and each person's own exports."""
    return [ImportViewSet("imports"), ExportViewSet("exports")]
