"""What follows from the steps of a review: the state of the record, letters, and a new way when the record changes its office."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_cancelled, task_rejected, task_submitted, workflow_approved

from library.many_rows import among
from library.records.models import Record
from library.records.models.choices import ReviewState
from library.records.signals import record_changed

from .actions.give_on import give_to
from .letters import tell_author, tell_reviewers
from .models import PendingLetter, ReviewStep, authors_of
from .routing import first_stop

# The states of a record that is not public. The others tell what readers see, and a review changes nothing of that.
UNPUBLISHED = (ReviewState.DRAFT, ReviewState.IN_REVIEW, ReviewState.RETURNED)


@receiver(task_submitted, sender=ReviewStep)
def wait_for_review(instance: ReviewStep, user: Any = None, **kwargs: Any) -> None:
    """A draft that was sent waits for its review, and the reviewers of the office are told."""
    _set_state(instance, ReviewState.IN_REVIEW)
    tell_reviewers(instance, user)


@receiver(task_rejected, sender=ReviewStep)
def send_back(instance: ReviewStep, user: Any = None, **kwargs: Any) -> None:
    """A draft that the reviewer sent back waits for its author, who is told why."""
    _set_state(instance, ReviewState.RETURNED)
    tell_author(instance.workflow_state, PendingLetter.About.RETURNED, user)


@receiver(task_cancelled, sender=ReviewStep)
def take_back(instance: ReviewStep, **kwargs: Any) -> None:
    """A draft that was taken back is a draft again."""
    _set_state(instance, ReviewState.DRAFT)


@receiver(workflow_approved, sender=WorkflowState)
def tell_publication(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """The author is told that the record was approved at the last level."""
    if isinstance(instance.content_object, Record):
        tell_author(instance, PendingLetter.About.PUBLISHED, user)


@receiver(record_changed)
def follow_the_office(record_ids: list[int], **kwargs: Any) -> None:
    """A review whose record has gone to another office goes on there."""
    steps = ReviewStep.objects.filter(among("record_id", record_ids), status=TaskState.STATUS_IN_PROGRESS)
    for step in steps.select_related("office", "record__office", "workflow_state"):
        if not step.record.office.path.startswith(step.office.path):
            give_to(step, first_stop(step.record, authors_of(step.workflow_state)), None)


def _set_state(step: ReviewStep, state: ReviewState) -> None:
    """Sets the state of the record under review. A column alone: nothing of what readers find has changed."""
    Record.objects.filter(pk=step.record_id, review_state__in=UNPUBLISHED).update(review_state=state)
