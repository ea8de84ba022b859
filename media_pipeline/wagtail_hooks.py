"""What the pipeline adds to the admin: the list of files, the chooser, the names of its logged actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import actions
from .admin.chooser import AssetChooserViewSet, asset_chooser
from .admin.views import MediaAdmin, media_admin
from .preservation import erasure
from .tracks import editing


@hooks.register("register_admin_viewset")
def register_media_admin() -> MediaAdmin:
    """The list of all files."""
    return media_admin


@hooks.register("register_admin_viewset")
def register_chooser() -> AssetChooserViewSet:
    """The dialogue that chooses a file."""
    return asset_chooser


#: Action → its label and its sentence in the history.
ACTIONS = {
    actions.RUN_AGAIN: (_("Chạy lại"), _("Đã cho chạy lại việc xử lý tệp")),
    actions.REPLACE: (_("Thay tệp"), _("Đã thay tệp bằng bản tốt hơn; bản cũ được giữ")),
    actions.TURN: (_("Xoay ảnh"), _("Đã xoay ảnh; tệp gốc giữ nguyên")),
    actions.WITHDRAW: (_("Rút tệp"), _("Đã rút tệp: không ai xem được nữa")),
    erasure.ERASE: (_("Xóa hẳn"), _("Đã xóa hẳn tệp gốc theo yêu cầu")),
    editing.IMPORTED: (_("Thêm lời"), _("Đã thêm phần lời")),
    editing.CHANGED: (_("Sửa lời"), _("Đã sửa phần lời")),
    editing.REVIEWED: (_("Soát lời"), _("Đã soát xong phần lời")),
}


@hooks.register("register_log_actions")
def register_actions(registry: Any) -> None:
    """Label and sentence of each action in the history."""
    for action, (label, sentence) in ACTIONS.items():
        registry.register_action(action, label, sentence)
