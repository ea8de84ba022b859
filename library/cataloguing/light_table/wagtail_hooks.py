"""Registers the light table and its menu item."""

from typing import Any

from wagtail import hooks

from .views.viewset import LightTableViewSet


@hooks.register("register_admin_viewset")
def register_light_tables() -> list[Any]:
    """The light tables of the office."""
    return [LightTableViewSet("light_tables", url_prefix="light-tables")]
