"""Registers the screens of imports."""

from typing import Any

from wagtail import hooks

from .views.viewset import ImportViewSet


@hooks.register("register_admin_viewset")
def register_imports() -> list[Any]:
    """The imports of the office."""
    return [ImportViewSet("imports")]
