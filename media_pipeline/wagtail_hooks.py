"""What the pipeline adds to the admin: the desk, the chooser, names of its logged actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import verbs
from .chooser import AssetChooserViewSet, asset_chooser
from .desk import MediaDesk, media_desk


@hooks.register("register_admin_viewset")
def register_desk() -> MediaDesk:
    """The list of all files."""
    return media_desk


@hooks.register("register_admin_viewset")
def register_chooser() -> AssetChooserViewSet:
    """The dialogue that chooses one."""
    return asset_chooser


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    """Words for the history."""
    actions.register_action(verbs.RUN_AGAIN, _("Chạy lại"), _("Đã cho chạy lại việc xử lý tệp"))
    actions.register_action(verbs.WITHDRAW, _("Rút tệp"), _("Đã rút tệp: không ai xem được nữa"))
