"""Failed health checks on the first page of the admin."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from library.health import Check, run_checks


class TroublePanel(Component):
    """The checks that failed, and their effect on the site. Empty when all is well."""

    name = "trouble"
    template_name = "library/admin/trouble.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any] | None) -> dict[str, list[Check]]:
        return {"failed": [check for check in run_checks(settings.READINESS_CHECKS) if check["status"] == "failed"]}


@hooks.register("construct_homepage_panels")
def add_trouble_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Adds the panel; its order puts it first."""
    panels.append(TroublePanel())
