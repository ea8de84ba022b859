"""The words of a reviewer who sent a record back, on top of its author's form."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import WorkflowState

from library.records.models import Record
from library.review.due_dates import due_date
from library.review.due_dates import told as told_due
from library.review.models import ReviewComment


def tell_returned(request: HttpRequest, record: Record) -> None:
    """The message above the form of a record that was sent back: who, when, and the reason in the reviewer's words."""
    state = record.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return
    task = state.current_task_state
    reviewer = task.finished_by
    words = {
        "who": (reviewer.get_full_name() or reviewer.get_username()) if reviewer else _("Người duyệt"),
        "day": date_format(localtime(task.finished_at), "SHORT_DATE_FORMAT") if task.finished_at else "",
        "reason": task.comment.strip().rstrip("."),
    }
    told = _("%(who)s đã trả lại tư liệu này ngày %(day)s.") % words
    reason = _("Lý do: “%(reason)s”.") % words if words["reason"] else ""
    due = told_due(due_date(localtime(task.finished_at).date())).words + "." if task.finished_at else ""
    advice = _("Sửa xong, xin bấm “Gửi duyệt lại”.")
    sheet = messages.button(reverse("review_record", args=[record.pk]), _("Xem góp ý"))
    messages.warning(request, " ".join(filter(None, (told, reason, due, advice))), buttons=[sheet] if _has_comments(state) else [])


def _has_comments(state: WorkflowState) -> bool:
    return ReviewComment.objects.filter(step__workflow_state=state).exists()
