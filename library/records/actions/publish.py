"""Verbs that make a record public, and take it back into the office. Admin, workflow, schedule, importer and command call these."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import DraftStateMixin

from ..models.choices import Confidence, ReviewState
from .requirements import check_publishable

RecordT = TypeVar("RecordT", bound=DraftStateMixin)  # a record; its model imports this file


class PublishRecord(PublishRevisionAction):
    """Publishes one revision in one transaction with its audit row and the news of it.

    Raises ``ValidationError`` when a required field is missing or the record is withdrawn, ``PublishPermissionError``
    without the right.
    """

    def execute(self, skip_permission_checks: bool = False) -> None:
        with transaction.atomic():
            check_not_withdrawn(_as_it_stands(self.object))
            check_publishable(self.object)
            self.object.review_state = reviewed_state(self.object)
            super().execute(skip_permission_checks=skip_permission_checks)


class UnpublishRecord(UnpublishAction):
    """Takes a record off the public site without a tombstone: it is being worked on again."""

    def execute(self, skip_permission_checks: bool = False) -> None:
        with transaction.atomic():
            self.object.review_state = ReviewState.DRAFT
            super().execute(skip_permission_checks=skip_permission_checks)


def publish(record: RecordT, *, user: Any = None) -> RecordT:
    """Saves the record as it stands as a revision and publishes it; returns the record as the database now holds it."""
    with transaction.atomic():
        revision = record.save_revision(user=user)
        record.publish(revision, user=user)
    record.refresh_from_db()
    return record


def _as_it_stands(record: RecordT) -> RecordT:
    """The row of the database, held until the end: a withdrawal made since the record was read still counts, a later one waits."""
    return type(record).objects.select_for_update().get(pk=record.pk)


def check_not_withdrawn(record: DraftStateMixin) -> None:
    """Raises ``ValidationError`` for a withdrawn record: bringing it back is a decision of its own (``withdraw.restore``)."""
    if record.withdrawn_at is not None:
        raise ValidationError(_("Tư liệu đã được gỡ xuống. Muốn xuất bản, trước hết hãy đưa trở lại."))


def reviewed_state(record: DraftStateMixin) -> str:
    """Published outright when we are sure, else public with the badge "Cần kiểm tra" (domain handbook, section 12)."""
    return ReviewState.PUBLISHED if record.confidence == Confidence.HIGH else ReviewState.NEEDS_CHECKING
