"""Keeps the review state of a record in step with its workflow: sent for review, taken back, or sent back."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import TaskState
from wagtail.signals import task_cancelled, task_rejected, task_submitted

from library.records.models import Record
from library.records.models.choices import ReviewState

# The states of a record that is not public. The others tell what readers see, and a review changes nothing of that.
UNPUBLISHED = (ReviewState.DRAFT, ReviewState.IN_REVIEW, ReviewState.RETURNED)


@receiver(task_submitted, sender=TaskState)
def wait_for_review(instance: Any, **kwargs: Any) -> None:
    """A draft that was sent waits for its review."""
    _set_state(instance, ReviewState.IN_REVIEW)


@receiver(task_rejected, sender=TaskState)
def send_back(instance: Any, **kwargs: Any) -> None:
    """A draft that the reviewer sent back waits for its author."""
    _set_state(instance, ReviewState.RETURNED)


@receiver(task_cancelled, sender=TaskState)
def take_back(instance: Any, **kwargs: Any) -> None:
    """A draft that was taken back is a draft again."""
    _set_state(instance, ReviewState.DRAFT)


def _set_state(task_state: Any, state: ReviewState) -> None:
    """Sets the state of the record under review. A column alone: nothing of what readers find has changed."""
    record = task_state.workflow_state.content_object
    if isinstance(record, Record):
        Record.objects.filter(pk=record.pk, review_state__in=UNPUBLISHED).update(review_state=state)
