"""Whether a person may change a record now: what its form asks, asked again by everything else that changes it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from ..models import Record
from .permissions import record_policy


def check_right(record: Record, user: Any, right: str) -> None:
    """Raises PermissionDenied without the right on this very record."""
    if not record_policy().user_has_permission_for_instance(user, right, record):
        raise PermissionDenied(_("Bạn không có quyền làm việc này với tư liệu ấy."))


def check_open(record: Record, user: Any) -> None:
    """Raises ValidationError for a record that its form, too, would not let the person change."""
    if record.withdrawn_at is not None:
        raise ValidationError(_("Tư liệu đã được gỡ xuống."))
    lock = record.get_lock()
    if lock is not None and lock.for_user(user):
        if record.workflow_in_progress:
            raise ValidationError(_("Tư liệu đang chờ duyệt, chỉ người duyệt sửa được."))
        raise ValidationError(_("Tư liệu đang bị khóa."))
