"""What waits for one person: reviews to decide, records that were sent back to her, what she sent, what she has begun."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from wagtail.models import TaskState, WorkflowState

from library.records.access.permissions import records_with_any_right
from library.records.models import Record, RecordAuthor
from library.records.models.choices import ReviewState
from library.records.profiles import all_profiles
from library.review.models import ReviewStep
from library.vocabularies.models import Term

from .scope import without_those_outside

MOST_COUNTED = 99


def waiting_for(user: Any) -> QuerySet[ReviewStep]:
    """The steps that the person's own office decides and this person may, the most urgent first."""
    if user.office_id is None or not user.has_perm("records.publish_record"):
        return ReviewStep.objects.none()
    steps = _open_steps().filter(office=user.office_id, record__in=records_with_any_right(user).order_by())
    return steps.exclude(_own_text(user)).order_by("due_on", "started_at", "pk")


def returned_to(user: Any) -> QuerySet[WorkflowState]:
    """The reviews of hers that were sent back, the oldest first."""
    return _reviews(user, WorkflowState.STATUS_NEEDS_CHANGES).order_by("current_task_state__finished_at", "pk")


def sent_by(user: Any) -> QuerySet[ReviewStep]:
    """The steps that others decide on what she sent, the oldest first."""
    steps = _open_steps().filter(workflow_state__requested_by=user, record__in=records_with_any_right(user).order_by())
    return steps.order_by("started_at", "pk")


def begun_by(user: Any) -> QuerySet[Record]:
    """Her drafts that were never sent, the last change first."""
    own = records_with_any_right(user).filter(created_by=user, live=False, review_state=ReviewState.DRAFT)
    return own.order_by("-updated_at", "-pk")


def terms_to_decide(user: Any) -> QuerySet[Term]:
    """The suggested terms on which the person may decide, the oldest first."""
    suggested = Term.objects.filter(state=Term.State.SUGGESTED).select_related("vocabulary", "suggested_by")
    return suggested.order_by("pk") if user.has_perm("vocabularies.decide_term") else suggested.none()


def terms_suggested_by(user: Any) -> QuerySet[Term]:
    """What the person suggested and nobody has taken into its vocabulary: it waits, or was refused with a reason."""
    states = (Term.State.SUGGESTED, Term.State.REFUSED)
    return Term.objects.filter(suggested_by=user, state__in=states).select_related("vocabulary").order_by("-pk")


def number_waiting(user: Any) -> int:
    """How much waits for the person: reviews and suggested terms to decide, records to mend; counted no further than MOST_COUNTED."""
    kinds: tuple[QuerySet[Any], ...] = (waiting_for(user), returned_to(user), terms_to_decide(user))
    return min(sum(len(rows.order_by().values_list("pk", flat=True)[:MOST_COUNTED]) for rows in kinds), MOST_COUNTED)


def number_waiting_on_page(request: Any) -> int:
    """What waits for the person who looks at the page, counted once for each request: the head and the side bar both tell it."""
    if not hasattr(request, "number_waiting"):
        request.number_waiting = number_waiting(request.user)
    return int(request.number_waiting)


def number_late(user: Any) -> int:
    """How many of the reviews that she may decide are overdue."""
    return waiting_for(user).filter(due_on__lt=localdate()).count()


def changes_in_review() -> Exists:
    """For a query of records: whether a change of the record waits for its review."""
    return Exists(ReviewStep.objects.filter(record=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS))


def _open_steps() -> QuerySet[ReviewStep]:
    steps = ReviewStep.objects.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
    return steps.select_related("record__office", "office", "workflow_state__requested_by", "revision")


def _own_text(user: Any) -> Q:
    """The steps that this person may not decide, because the type asks for two people and she is the first (library.review.rules)."""
    codes = [code for profile in all_profiles() if profile.two_people for code in (profile.code, *profile.serves)]
    began = Q(record__created_by=user, record__first_published_at=None)
    saved = Q(record__latest_revision__user=user)
    wrote = Q(record__in=RecordAuthor.objects.filter(user=user).values("record"))
    return Q(record__record_type__in=codes) & (Q(workflow_state__requested_by=user) | began | saved | wrote)


def _reviews(user: Any, status: str) -> QuerySet[WorkflowState]:
    """The person's own reviews of records in one state."""
    own = WorkflowState.objects.filter(requested_by=user, status=status, base_content_type__app_label="records")
    own = without_those_outside(own, records_with_any_right(user))
    return own.select_related("current_task_state__finished_by").prefetch_related("content_object")
