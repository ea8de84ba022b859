"""The whole admin: failed health checks on its first page, and a help menu without links to other hosts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from library.health import Check, reading_checks


class TroublePanel(Component):
    """The checks that failed, and their effect on the site. Empty when all is well. Whether the database takes writing is not tried."""

    name = "trouble"
    template_name = "library/admin/trouble.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any] | None) -> dict[str, list[Check]]:
        return {"failed": [check for check in reading_checks(settings.READINESS_CHECKS) if check["status"] == "failed"]}


@hooks.register("construct_homepage_panels")
def add_trouble_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Adds the panel; its order puts it first."""
    panels.append(TroublePanel())


OF_WAGTAIL = ("whats-new-in-wagtail", "editor-guide")  # the beginnings of the names of items that lead to Wagtail's own site


@hooks.register("construct_help_menu")
def leave_out_wagtails_site(request: HttpRequest, items: list[Any]) -> None:
    """The help menu holds nothing about Wagtail, which is no word of the staff's, and leads to no other host."""
    items[:] = [item for item in items if not item.name.startswith(OF_WAGTAIL)]
