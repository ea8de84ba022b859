"""The verb that gives a step to another office; and what does so by itself when nobody in an office may decide any more."""

from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log
from wagtail.models import TaskState

from library.accounts.models import Office
from library.records.models import Record

from ..due_dates import due_date
from ..letters import tell_reviewers
from ..models import ReviewStep, authors_of
from ..routing import Stop, reviewers_of, stop_from


def give_to(step: ReviewStep, stop: Stop, user: Any) -> None:
    """The step waits at this office from now on, with a new due date; its reviewers are told. The caller holds the transaction."""
    step.office, step.due_on = stop.office, due_date(localdate())
    step.save(update_fields=["office", "due_on"])
    step.passed_over.set(stop.passed_over)
    tell_reviewers(step, user)


def give_on_reviews() -> bool:
    """Gives what waits at an office without anybody who may decide it to the next one above. Returns whether something went on.

    Two reviewers are enough for every record: no more than one of them can be its author.
    """
    waiting = ReviewStep.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    offices = Office.objects.filter(pk__in=waiting.values("office"))
    few = [office for office in offices if reviewers_of(office).count() < 2]
    given_on = [_give_on(key) for key in list(waiting.filter(office__in=few).values_list("pk", flat=True))]
    return any(given_on)


@transaction.atomic
def _give_on(key: int) -> bool:
    """Whether the step went on. Its record stays locked until then, so that nobody decides it meanwhile."""
    Record.objects.select_for_update(of=("self",)).filter(review_steps=key).first()
    steps = ReviewStep.objects.select_related("office", "record__office", "workflow_state")
    step = steps.filter(pk=key, status=TaskState.STATUS_IN_PROGRESS).first()
    stop = stop_from(step.record, step.office, authors_of(step.workflow_state)) if step else None
    if step is None or stop is None or stop.office == step.office:
        return False
    log(step.record, "records.review_passed_on", data={"before": str(step.office), "after": str(stop.office)})
    give_to(step, stop, None)
    return True
