"""Registers the screens of people, offices and communities, and closes Wagtail's own ways past them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from .admin.communities import CommunityViewSet
from .admin.first_steps import FirstStepsPanel
from .admin.offices import OfficeViewSet
from .forms import OwnNameForm

NameEmailSettingsPanel.form_class = OwnNameForm


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Offices and communities; Wagtail registers the people."""
    return [OfficeViewSet("offices"), CommunityViewSet("communities")]


@hooks.register("construct_homepage_panels")
def show_first_steps(request: HttpRequest, panels: list[Any]) -> None:
    """Tells the superuser of a new installation what to do first."""
    panels.append(FirstStepsPanel())


@hooks.register("register_log_actions")
def register_account_actions(actions: Any) -> None:
    """The messages of the audit log."""
    for action, label, message in LOG_ACTIONS:
        actions.register_action(action, label, message)


LOG_ACTIONS = (
    ("accounts.create_office", _("Thêm cơ quan"), _("Đã thêm cơ quan")),
    ("accounts.rename_office", _("Sửa tên cơ quan"), _("Đã sửa tên cơ quan")),
    ("accounts.move_office", _("Đổi cơ quan trên"), _("Đã chuyển cơ quan sang dưới cơ quan khác")),
    ("accounts.invite", _("Mời người"), _("Đã tạo mã đăng nhập")),
    ("accounts.accept_invitation", _("Nhận lời mời"), _("Đã nhận lời mời và đặt mật khẩu")),
    ("accounts.deactivate", _("Ngừng tài khoản"), _("Đã ngừng tài khoản và bàn giao việc")),
    ("accounts.settle_work", _("Chuyển việc"), _("Đã quyết định về việc đang giữ khi đổi cơ quan")),
    ("accounts.reactivate", _("Mở lại tài khoản"), _("Đã mở lại tài khoản")),
    ("accounts.add_member", _("Thêm thành viên"), _("Đã thêm hoặc sửa thành viên cộng đồng")),
    ("accounts.remove_member", _("Bớt thành viên"), _("Đã bớt thành viên cộng đồng")),
)


def _closed(action_class: Any) -> Any:
    """The bulk action without a page: people are changed one by one, because each change asks what becomes of the work."""

    def dispatch(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404

    return type(action_class.__name__, (action_class,), {"dispatch": dispatch})


for _action_class in (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction):
    hooks.register("register_bulk_action", _closed(_action_class), order=1)  # registered after Wagtail's own, which it replaces
