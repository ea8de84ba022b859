"""Who may decide one step of a review. Every screen, every address of Wagtail and every import asks here."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from library.records.access.permissions import may_review
from library.records.access.review_levels import wrote
from library.records.profiles import profile


def may_decide(user: Any, step: Any) -> bool:
    """Whether the step is for this person: a reviewer of the step's office or of one above it, who sees the record."""
    return may_review(user, step.record) and step.office.path.startswith(user.viewer.office_path)


def own_text(user: Any, step: Any) -> bool:
    """Whether the type asks for two people, and this person is the first: she wrote the text, saved it last or sent it for review."""
    if not profile(step.record.record_type).two_people:
        return False
    record = step.record
    return step.workflow_state.requested_by_id == user.pk or wrote(user, record, record.latest_revision)


def check_decision(user: Any, step: Any) -> None:
    """Raises ``PermissionDenied`` when the step is not for this person. Nobody (None) is a program, which may."""
    if user is not None and not may_decide(user, step):
        raise PermissionDenied(_("Bước duyệt này dành cho %(office)s.") % {"office": step.office})


def check_approval(user: Any, step: Any) -> None:
    """As ``check_decision``; also raises ``ValidationError`` for the own text, where the type asks for two people."""
    check_decision(user, step)
    if user is not None and own_text(user, step):
        raise ValidationError(_("Đây là bài của chính bạn. Loại tư liệu này cần một người khác duyệt."))


def check_reason(reason: str) -> str:
    """The reason without space around it. Raises ``ValidationError`` for an empty one."""
    if not reason.strip():
        raise ValidationError(_("Xin ghi lý do trả lại, để người viết biết cần sửa gì."))
    return reason.strip()
