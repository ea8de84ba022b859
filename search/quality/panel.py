"""The panel of the dashboard: what readers looked for in vain, with the way to make a task of it."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from .tasks import Which, rows

MOST_SHOWN = 8


class VainSearchesPanel(Component):
    """The open words without results, the most frequent first; nothing for whoever may not work on them."""

    template_name = "search/admin/vain_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        may_see = self.request.user.has_perm("vocabularies.add_groupname")
        return {"may_see": may_see, "rows": rows(Which.OPEN, self.request.user)[:MOST_SHOWN] if may_see else []}
