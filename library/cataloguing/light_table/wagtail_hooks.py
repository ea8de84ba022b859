"""Registers the light table and its menu item."""

from typing import Any

from wagtail import hooks

from .views.choosers import RecordToAddToViewSet
from .views.viewset import LightTableViewSet


@hooks.register("register_admin_viewset")
def register_light_tables() -> list[Any]:
    """The light tables of the office, and the chooser of the record that gets photographs."""
    chooser = RecordToAddToViewSet("light_table_records", url_prefix="light-tables/records")
    return [LightTableViewSet("light_tables", url_prefix="light-tables"), chooser]
