"""The rows of a review: the task of the workflow, its steps from office to office, and the comments on a record."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Task, TaskState, WorkflowState
from wagtail.signals import task_submitted

from library.accounts.models import Office
from library.records.access.permissions import may_review
from library.records.access.review_levels import authors_of as authors_of_text
from library.records.models import Record

from .due_dates import due_date
from .routing import Stop, first_stop, next_stop, stop_from
from .rules import check_approval, check_decision, check_reason, may_decide, own_text


class ReasonForm(TaskStateCommentForm):
    """The reason of a return. It stands on top of the author's form."""

    comment = forms.CharField(label=_("Cần sửa gì"), widget=forms.Textarea(attrs={"rows": 3}))


class ReviewTask(Task):
    """Decides a record, from office to office. Wagtail starts it once; after an approval it starts itself at the next office."""

    class Meta:
        verbose_name = _("Duyệt qua các cấp")
        verbose_name_plural = _("Duyệt qua các cấp")

    def start(self, workflow_state: Any, user: Any = None) -> "ReviewStep":
        """The step at the office that decides next. What somebody locked who is no reviewer is unlocked."""
        record = workflow_state.content_object
        if not isinstance(record, Record):
            raise PermissionDenied(gettext("Chỉ tư liệu được duyệt qua các cấp."))
        if record.locked and not (record.locked_by and may_review(record.locked_by, record)):
            type(record).objects.filter(pk=record.pk).update(locked=False, locked_by=None, locked_at=None)
        stop = _stop_of(record, workflow_state)
        step = ReviewStep(
            workflow_state=workflow_state, task=self, revision=record.get_latest_revision(), record=record, office=stop.office
        )
        step.due_on = due_date(localdate())
        step.save()
        step.passed_over.set(stop.passed_over)
        task_submitted.send(sender=ReviewStep, instance=step, user=user)
        return step

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Called by Wagtail's own views."""
        if action_name in {"approve", "reject"}:
            getattr(task_state.specific, action_name)(user=user, comment=kwargs.get("comment", ""))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While the record waits, only those who may decide change it."""
        step = current_step(obj)
        return step is not None and not may_decide(user, step)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return not self.locked_for_user(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        step = current_step(obj)
        if step is None or not may_decide(user, step):
            return []
        send_back = ("reject", _("Trả lại kèm lý do"), True)
        if own_text(user, step):
            return [send_back]
        return [send_back, ("approve", _("Duyệt"), False), ("approve", _("Duyệt kèm lời nhắn"), True)]

    def get_form_for_action(self, action: str) -> Any:
        return ReasonForm if action == "reject" else TaskStateCommentForm

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """The steps of the person's own office and of those below, of whatever record; the caller narrows them to records."""
        path = user.viewer.office_path
        if path is None or not user.has_perm("records.publish_record"):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS, reviewstep__office__path__startswith=path)


class ReviewStep(TaskState):
    """One decision that is asked of one office, with the day by which it is due."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="review_steps")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="review_steps", verbose_name=_("cơ quan duyệt"))
    due_on = models.DateField(_("hạn"))
    passed_over: models.ManyToManyField = models.ManyToManyField(Office, related_name="+", verbose_name=_("cơ quan không có người duyệt"))

    exclude_fields_in_copy = ["passed_over"]

    class Meta:
        verbose_name = _("bước duyệt")
        verbose_name_plural = _("bước duyệt")
        indexes = [models.Index(fields=["office", "due_on"], name="review_by_office")]

    @transaction.atomic
    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> "ReviewStep":
        """Approves: the next office decides, or the record is published.

        Raises ``PermissionDenied`` for a step of another office or one that is decided, ``ValidationError`` for the own text where two
        people are needed, and for a record that may not be published.
        """
        check_approval(user, self)
        super().approve(user=user, update=False, comment=comment.strip())
        if update:
            state = WorkflowState.objects.get(pk=self.workflow_state_id)
            above = next_stop(self.record, self.office, authors_of(state))
            state.update(user=user, next_task=self.task.specific if above else None)
        return self

    @transaction.atomic
    def reject(self, user: Any = None, update: bool = True, comment: str = "") -> "ReviewStep":
        """Sends the record back to its author. Raises as ``approve``, and ``ValidationError`` without a reason."""
        check_decision(user, self)
        super().reject(user=user, update=update, comment=check_reason(comment))
        return self


class ReviewComment(models.Model):
    """What somebody says of a record under review, to everybody who works on it."""

    step = models.ForeignKey(ReviewStep, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("người viết")
    )
    text = models.TextField(_("góp ý"))
    created_at = models.DateTimeField(_("viết lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("góp ý khi duyệt")
        verbose_name_plural = _("góp ý khi duyệt")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        if not self.text.strip():
            raise ValidationError({"text": gettext("Xin viết góp ý.")})


class PendingLetter(models.Model):
    """A letter about one step that is not sent yet. ``library.review.actions.send_letters`` puts many into one."""

    class About(models.TextChoices):
        WAITING = "waiting", _("chờ duyệt")
        RETURNED = "returned", _("bị trả lại")
        PUBLISHED = "published", _("đã duyệt")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=10, choices=About.choices)
    step = models.ForeignKey(ReviewStep, on_delete=models.CASCADE, related_name="pending_letters")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("thư chờ gửi")
        verbose_name_plural = _("thư chờ gửi")
        indexes = [models.Index(fields=["person", "about", "created_at"], name="letters_of_person")]

    def __str__(self) -> str:
        return f"{self.about} → {self.person_id}"


def authors_of(workflow_state: Any) -> set[int]:
    """The keys of those who may count as the first of two people: who asked for the review, and who wrote its text."""
    record, asked = workflow_state.content_object, workflow_state.requested_by_id
    return authors_of_text(record, record.latest_revision) | ({asked} if asked is not None else set())


def _stop_of(record: Record, workflow_state: Any) -> Stop:
    """After an approval the office above; after a return the office that sent it back; else where the review begins."""
    steps = ReviewStep.objects.filter(workflow_state=workflow_state).select_related("office")
    last = steps.exclude(status=TaskState.STATUS_CANCELLED).order_by("-started_at", "-pk").first()
    authors = authors_of(workflow_state)
    if last is not None and record.office.path.startswith(last.office.path):
        if last.status == TaskState.STATUS_REJECTED:
            return stop_from(record, last.office, authors)
        if last.status == TaskState.STATUS_APPROVED and (above := next_stop(record, last.office, authors)):
            return above
    return first_stop(record, authors)


def current_step(record: Any) -> ReviewStep | None:
    """The step that waits for a decision on this record."""
    steps = ReviewStep.objects.filter(record_id=record.pk, status=TaskState.STATUS_IN_PROGRESS)
    return steps.select_related("office", "workflow_state", "record__office", "record__latest_revision").order_by("-pk").first()
