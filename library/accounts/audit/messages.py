"""What the log says of each action on offices, people and communities, in the reader's language."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

CHANGE_RIGHTS = "accounts.change_rights"

LOG_ACTIONS = (
    ("accounts.create_office", _("Thêm cơ quan"), _("Đã thêm cơ quan")),
    ("accounts.rename_office", _("Sửa tên cơ quan"), _("Đã sửa tên cơ quan")),
    ("accounts.move_office", _("Đổi cơ quan trên"), _("Đã chuyển cơ quan sang dưới cơ quan khác")),
    ("accounts.invite", _("Mời người"), _("Đã tạo mã đăng nhập")),
    ("accounts.accept_invitation", _("Nhận lời mời"), _("Đã nhận lời mời và đặt mật khẩu")),
    ("accounts.export_log", _("Xuất nhật ký"), _("Đã xuất nhật ký ra tệp")),
    ("accounts.deactivate", _("Ngừng tài khoản"), _("Đã ngừng tài khoản và bàn giao việc")),
    ("accounts.settle_work", _("Chuyển việc"), _("Đã quyết định về việc đang giữ khi đổi cơ quan")),
    ("accounts.reactivate", _("Mở lại tài khoản"), _("Đã mở lại tài khoản")),
    ("accounts.add_member", _("Thêm thành viên"), _("Đã thêm hoặc sửa thành viên cộng đồng")),
    ("accounts.sign_in", _("Đăng nhập"), _("Đã đăng nhập")),
    ("accounts.sign_out", _("Đăng xuất"), _("Đã đăng xuất")),
    ("accounts.sign_in_refused", _("Đăng nhập không được"), _("Đăng nhập không được: sai mật khẩu hoặc mã")),
    ("accounts.locked_out", _("Tạm khóa đăng nhập"), _("Đăng nhập bị tạm khóa vì sai quá nhiều lần")),
    ("accounts.sessions_ended", _("Đăng xuất ở nơi khác"), _("Đã đăng xuất ở nơi khác")),
    ("accounts.factor_added", _("Đặt xác thực hai bước"), _("Đã thêm một cách xác thực hai bước")),
    ("accounts.factor_removed", _("Bỏ xác thực hai bước"), _("Đã bỏ một cách xác thực hai bước")),
    ("accounts.new_codes", _("Tạo mã dự phòng"), _("Đã tạo mã dự phòng mới")),
    ("accounts.reset_second_factor", _("Đặt lại xác thực hai bước"), _("Quản trị đã đặt lại xác thực hai bước")),
    ("accounts.remove_member", _("Bớt thành viên"), _("Đã bớt thành viên cộng đồng")),
)


class RightsFormatter(LogFormatter):
    """What a change of rights was: role and office, before and after."""

    action = CHANGE_RIGHTS
    label = _("Đổi quyền")

    def format_message(self, log_entry: Any) -> str:
        """Both as they were named then."""
        return gettext("Đã đổi quyền: %(before)s → %(after)s") % log_entry.data
