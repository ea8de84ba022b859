"""The front page of the admin says what is wrong with the site, to those who can act on it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from library.health import Check, run_checks


class TroublePanel(Component):
    """What has failed, in plain words, with what it costs the site; nothing at all when all is well."""

    name = "trouble"
    template_name = "library/admin/trouble.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any] | None) -> dict[str, list[Check]]:
        return {"failed": [check for check in run_checks(settings.READINESS_CHECKS) if check["status"] == "failed"]}


@hooks.register("construct_homepage_panels")
def add_trouble_panel(request: HttpRequest, panels: list[Component]) -> None:
    """First of all panels."""
    panels.append(TroublePanel())
