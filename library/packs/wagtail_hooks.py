"""Registers the staff's screen of packs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .actions.order import ORDERED
from .views.admin import PackViewSet


@hooks.register("register_admin_viewset")
def register_packs() -> PackViewSet:
    """The screen on which packs are ordered."""
    return PackViewSet("pack_orders")


class OrderFormatter(LogFormatter):
    """What was ordered."""

    label = _("Đặt gói mang về")

    def format_message(self, log_entry: Any) -> str:
        """Which pack."""
        return str(_("Đã đặt gói mang về: %(pack)s")) % {"pack": log_entry.data["pack"]}


@hooks.register("register_log_actions")
def register_order_in_log(actions: Any) -> None:
    """Orders stand in the history of the person who ordered."""
    actions.register_action(ORDERED)(OrderFormatter)
