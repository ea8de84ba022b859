"""On the first page of the admin: which bulletins of the own offices were closed by themselves and wait to be mended."""

from typing import Any

from wagtail.admin.ui.components import Component

from .access import bulletins_of
from .models import BulletinState

MOST = 10


class ClosedBulletinsPanel(Component):
    """The closed bulletins, with why. Empty when there is none; those that a person took back say no problem and are not in it."""

    name = "closed_bulletins"
    template_name = "bulletins/admin/closed.html"
    order = 16

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        closed = bulletins_of(parent_context["request"].user).filter(state=BulletinState.CLOSED).exclude(problem="")
        return {"closed": list(closed[:MOST])}
