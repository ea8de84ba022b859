"""The verbs on one step of a review. Each checks who acts and raises what ``ReviewStep`` raises; ``revision`` is what was read."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from library.records.models import Record

from ..models import ReviewComment, ReviewStep, authors_of
from ..routing import stop_above
from ..rules import check_decision
from .give_on import give_to


@transaction.atomic
def approve(step: ReviewStep, user: Any, *, revision: int | None = None, comment: str = "") -> None:
    """Approves the step: the next office decides, or the record is published."""
    _open_step(step, revision).approve(user=user, comment=comment)


@transaction.atomic
def send_back(step: ReviewStep, user: Any, *, reason: str, revision: int | None = None) -> None:
    """Sends the record back to its author, with the reason."""
    _open_step(step, revision).reject(user=user, comment=reason)


@transaction.atomic
def pass_on(step: ReviewStep, user: Any, *, comment: str) -> ReviewStep:
    """Gives the decision to the next office above that has a reviewer. Raises ``ValidationError`` where there is none, or no word why."""
    locked = _open_step(step, None)
    check_decision(user, locked)
    if not comment.strip():
        raise ValidationError(_("Xin ghi vì sao chuyển lên, để cấp trên biết cần xem gì."))
    stop = stop_above(locked.record, locked.office, authors_of(locked.workflow_state))
    if stop is None:
        raise ValidationError(_("Không có cơ quan nào ở trên có người duyệt tư liệu này."))
    add_comment(locked, user, comment)
    log(locked.record, "records.review_passed_on", user=user, data={"before": str(locked.office), "after": str(stop.office)})
    give_to(locked, stop, user)
    return locked


def add_comment(step: ReviewStep, user: Any, text: str) -> ReviewComment:
    """Writes a comment that everybody who works on the record reads."""
    comment = ReviewComment(step=step, author=user, text=text.strip())
    comment.full_clean(exclude=["author"])
    comment.save()
    return comment


def _open_step(step: ReviewStep, revision: int | None) -> ReviewStep:
    """The step as it is now, its record locked until the transaction ends.

    Raises ``PermissionDenied`` when it is decided, ``ValidationError`` when the text has changed since it was read.
    """
    record = Record.objects.select_for_update().get(pk=step.record_id)
    current = ReviewStep.objects.select_related("office", "workflow_state", "task").get(pk=step.pk)
    current.record = record
    if current.status != TaskState.STATUS_IN_PROGRESS:
        raise PermissionDenied(_("Bước duyệt này đã có người quyết định."))
    if revision is not None and record.latest_revision_id != revision:
        raise ValidationError(_("Tư liệu vừa có bản mới hơn bản bạn đã đọc. Xin đọc lại rồi quyết định."))
    return current
