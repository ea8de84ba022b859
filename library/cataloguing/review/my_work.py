"""The page "my work": what was sent back, what waits for a decision, what was sent, what is begun; and the approval of a selection."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.models import WorkflowState

from library.records.models import Record
from library.review.actions.approve_many import Approvals, approve_many
from library.review.due_dates import due_date, told

from ..tasks.models import CollectingTask
from .work_lists import (
    begun_by,
    number_late,
    number_waiting_on_page,
    returned_to,
    sent_by,
    terms_suggested_by,
    terms_to_decide,
    waiting_for,
)

MOST_SHOWN = 50  # lines of one list


class MyWorkItem(MenuItem):
    """The page in the side bar, with the number of what waits: it rings without being asked."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Việc của tôi"), reverse_lazy("my_work"), name="my-work", icon_name="tasks", order=50)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = number_waiting_on_page(request)
        label = _("Việc của tôi (%(number)d)") % {"number": number} if number else str(self.label)
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def show_my_work(request: HttpRequest) -> HttpResponse:
    """GET: the lists. POST: approves the records that were ticked (``record``: key and version), and tells every refusal.

    Each record is a transaction of its own, so an error with one takes back no other.
    """
    if request.method == "POST":
        _tell(request, approve_many(_versions(request.POST.getlist("record")), request.user))
        return redirect("my_work")
    user = request.user
    context = {
        "returned": [_with_due(review) for review in returned_to(user)[:MOST_SHOWN]],
        "waiting": [(step, told(step.due_on)) for step in waiting_for(user)[:MOST_SHOWN]],
        "sent": [(step, told(step.due_on)) for step in sent_by(user)[:MOST_SHOWN]],
        "tasks": CollectingTask.objects.of(user).select_related("group")[:MOST_SHOWN],
        "terms": terms_to_decide(user)[:MOST_SHOWN],
        "own_terms": terms_suggested_by(user)[:MOST_SHOWN],
        "begun": begun_by(user)[:MOST_SHOWN],
        "late": number_late(user),
        "most": MOST_SHOWN,
        "list_url": reverse_lazy(Record.snippet_viewset.get_url_name("list")),
    }
    return render(request, "cataloguing/review/my_work.html", context)


def _versions(ticked: list[str]) -> dict[int, int]:
    """The values of the tick boxes, such as ``12:345``: the key of a record → the version that the list showed."""
    pairs = [value.split(":") for value in ticked]
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(part.isdecimal() for part in pair)}


def _with_due(review: WorkflowState) -> tuple[WorkflowState, Any]:
    """A review that was sent back, with the day by which its author mends it."""
    state = review.current_task_state
    return review, told(due_date(localtime(state.finished_at).date())) if state and state.finished_at else None


def _tell(request: HttpRequest, approvals: Approvals) -> None:
    """What became of a selection, in one line for each outcome, and one for each refusal."""
    published, passed_up = len(approvals.published), len(approvals.passed_up)
    if published:
        words = ngettext("Đã duyệt và đăng %(number)d tư liệu.", "Đã duyệt và đăng %(number)d tư liệu.", published)
        messages.success(request, words % {"number": published})
    if passed_up:
        words = ngettext(
            "Đã duyệt %(number)d tư liệu, cấp trên duyệt tiếp.", "Đã duyệt %(number)d tư liệu, cấp trên duyệt tiếp.", passed_up
        )
        messages.success(request, words % {"number": passed_up})
    for refusal in approvals.refused:
        title = f"“{refusal.title}”: " if refusal.title else ""
        messages.error(request, _("Chưa duyệt được. %(title)s%(reason)s") % {"title": title, "reason": refusal.reason})
    if not (published or passed_up or approvals.refused):
        messages.warning(request, _("Xin chọn tư liệu muốn duyệt."))
