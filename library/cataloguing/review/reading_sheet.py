"""The reading sheet of a review: the record as readers will see it, what differs from the published version, and the decision."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from library.records.access.files import viewer_of
from library.records.access.permissions import has_any_right
from library.records.actions.requirements import missing_for_publication
from library.records.models import Record
from library.records.profiles import core_profile, profile
from library.review.actions.decide import add_comment, approve, pass_on, send_back
from library.review.differences import differences
from library.review.due_dates import told
from library.review.models import ReviewComment, ReviewStep, current_step
from library.review.rules import may_decide, own_text

from .work_lists import terms_to_decide

APPROVE, RETURN, PASS_ON, COMMENT = "approve", "return", "pass_on", "comment"


class DecisionForm(forms.Form):
    """What the reviewer decides. ``revision`` is the version that was read, ``step`` the decision that was asked for."""

    decision = forms.ChoiceField(choices=[(name, name) for name in (APPROVE, RETURN, PASS_ON, COMMENT)])
    step = forms.IntegerField()
    revision = forms.IntegerField()
    words = forms.CharField(
        label=gettext_lazy("Lý do trả lại, hoặc góp ý"),
        required=False,
        max_length=4000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Bắt buộc khi trả lại hay chuyển lên. Lý do đứng ngay đầu tờ khai của người viết."),
    )


@require_http_methods(["GET", "POST"])
def review_record(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the sheet, for everybody with a right on the record. POST: the decision, for those who may decide."""
    record = _record_of(request, pk)
    step = current_step(record)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        if step is None or not form.is_valid() or form.cleaned_data["step"] != step.pk:
            messages.error(request, _("Bước duyệt này đã có người quyết định, nên chưa làm gì thêm."))
            return redirect("review_record", pk=pk)
        try:
            return _carry_out(request, step, form.cleaned_data)
        except ValidationError as error:
            form.add_error("words" if form.cleaned_data["decision"] in {RETURN, PASS_ON, COMMENT} else None, error.messages)
    context = _context(request, record, step) | {"form": form}
    return render(request, "cataloguing/review/sheet.html", context, status=400 if form.errors else 200)


def _carry_out(request: HttpRequest, step: Any, data: dict[str, Any]) -> HttpResponse:
    """Does what was decided and says it. Raises what the verbs raise."""
    decision, revision, words = data["decision"], data["revision"], data["words"]
    title, user = step.record.title, request.user
    if decision == COMMENT:
        if not may_decide(user, step) and step.workflow_state.requested_by_id != user.pk:
            raise PermissionDenied
        add_comment(step, user, words)
        messages.success(request, _("Đã ghi góp ý."))
        return redirect("review_record", pk=step.record_id)
    if decision == PASS_ON:
        office = pass_on(step, user, comment=words).office
        told_words = _("Đã chuyển “%(title)s” lên %(office)s.") % {"title": title, "office": office}
    elif decision == RETURN:
        send_back(step, user, reason=words, revision=revision)
        told_words = _("Đã trả lại “%(title)s”. Lý do đứng đầu tờ khai của người viết.") % {"title": title}
    else:
        approve(step, user, revision=revision, comment=words)
        told_words = _what_approval_did(step)
    messages.success(request, told_words)
    return redirect("my_work")


def _what_approval_did(step: ReviewStep) -> str:
    above = current_step(step.record)
    if above is not None:
        return _("Đã duyệt “%(title)s”. %(office)s duyệt tiếp.") % {"title": step.record.title, "office": above.office}
    return _("“%(title)s” đã được đăng.") % {"title": step.record.title}


def _context(request: HttpRequest, record: Record, step: ReviewStep | None) -> dict[str, Any]:
    """What the sheet shows."""
    user: Any = request.user
    new = record.get_latest_revision_as_object()
    before = Record.objects.get(pk=record.pk) if record.live else None
    mine = step is not None and may_decide(user, step)
    own = step is not None and own_text(user, step)
    return {
        "record": record,
        "title": new.title,
        "step": step,
        "due": told(step.due_on) if step else None,
        "may_decide": mine,
        "own_text": own,
        "may_comment": step is not None and (mine or step.workflow_state.requested_by_id == user.pk),
        "differences": differences(before, new, viewer_of(user)),
        "missing": list(missing_for_publication(new).values()),
        "terms": terms_to_decide(user).filter(uses__record=record),
        "checks": [*core_profile().checks, *profile(record.record_type).checks],
        "steps": _steps(record),
        "comments": ReviewComment.objects.filter(step__workflow_state__in=record.workflow_states.active()).select_related("author"),
        "revision": record.latest_revision_id,
        "edit_url": reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk]),
    }


def _steps(record: Record) -> list[ReviewStep]:
    """The steps of the review that is not ended, from the first on."""
    steps = ReviewStep.objects.filter(workflow_state__in=record.workflow_states.active()).select_related("office", "finished_by")
    return list(steps.prefetch_related("passed_over").order_by("started_at", "pk"))


@require_GET
def show_version(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    """The page of the record as its readers will see it (``new``) or see it now (``public``), for the frame of the sheet."""
    record = _record_of(request, pk)
    shown = record.get_latest_revision_as_object() if version == "new" else record
    answer: HttpResponse = shown.make_preview_request(request, shown.default_preview_mode)
    return answer


def _record_of(request: HttpRequest, pk: int) -> Record:
    """The record. Raises PermissionDenied for somebody without any right on it."""
    record = get_object_or_404(Record.objects.select_related("office", "latest_revision"), pk=pk)
    if not has_any_right(request.user, record):
        raise PermissionDenied
    return record
