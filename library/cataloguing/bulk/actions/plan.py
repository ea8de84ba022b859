"""What the change would do to one record, for one person, now. Only reads."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from library.records.models import Record

from ..changes.change import Change, Json
from ..models import Outcome


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcome, with the reason of a refusal and the values before and after."""

    outcome: str
    before: Json = None
    after: Json = None
    reason: str = ""


def plan(change: Change | None, value: Json, record: Record | None, user: Any) -> Plan:
    """Asks every check of the change. A record that is gone, a field that is gone and a person who is gone are refused."""
    if record is None:
        return Plan(Outcome.REFUSE, reason=_("Tư liệu không còn nữa."))
    if change is None:
        return Plan(Outcome.REFUSE, reason=_("Ô này không còn trong hồ sơ loại."))
    try:
        if user is None or not user.is_active:
            raise PermissionDenied(_("Tài khoản đã yêu cầu việc này không còn dùng được."))
        change.check(record, value, user)
        before = change.read(record)
        after = change.become(before, value, record)
        if after == before:
            return Plan(Outcome.SAME, before, after)
        change.check_writing(record, after)
    except (ValidationError, PermissionDenied) as error:
        return Plan(Outcome.REFUSE, reason=reason_of(error))
    return Plan(Outcome.CHANGE, before, after)


def reason_of(error: ValidationError | PermissionDenied) -> str:
    """The reason of a refusal in words."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or _("Bạn không có quyền làm việc này với tư liệu ấy.")
