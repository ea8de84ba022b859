"""The actions that publish and unpublish a record. Admin, workflow, schedule, importer and commands call these."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import DraftStateMixin

from ..access.review_levels import wrote
from ..models.authors import RecordAuthor
from ..models.choices import Confidence, ReviewState
from ..profiles import profile
from ..signals import announced_once
from .requirements import check_publishable

RecordT = TypeVar("RecordT", bound=DraftStateMixin)  # a record; its model imports this file


class PublishRecord(PublishRevisionAction):
    """Publishes one revision. Audit log and the signal "records changed" are in the same transaction.

    Raises ``ValidationError`` when a required field is missing or the record is withdrawn, ``PublishPermissionError``
    without the right.
    """

    def execute(self, skip_permission_checks: bool = False) -> None:
        with transaction.atomic(), announced_once():
            check_not_withdrawn(_locked_row(self.object))
            check_two_people(self.object, self.revision, self.user)
            check_publishable(self.object)
            if not _for_later(self.object):
                self.object.review_state = reviewed_state(self.object)
            super().execute(skip_permission_checks=skip_permission_checks)
            if not _for_later(self.object) and self.revision.pk == self.object.latest_revision_id:
                RecordAuthor.objects.filter(record=self.object.pk).delete()


class UnpublishRecord(UnpublishAction):
    """Makes a published record a draft again. Its page answers 404: unlike after a withdrawal, nothing tells that it was public."""

    def execute(self, skip_permission_checks: bool = False) -> None:
        with transaction.atomic(), announced_once():
            self.object.review_state = ReviewState.DRAFT
            super().execute(skip_permission_checks=skip_permission_checks)


def publish(record: RecordT, *, user: Any = None) -> RecordT:
    """Saves the record as a new revision and publishes that; returns the record as it is in the database afterwards."""
    with transaction.atomic(), announced_once():
        revision = record.save_revision(user=user)
        record.publish(revision, user=user)
    record.refresh_from_db()
    return record


def _for_later(record: DraftStateMixin) -> bool:
    """Whether the record is only scheduled now: it stays what it is until its time has come."""
    return record.go_live_at is not None and record.go_live_at > timezone.now()


def _locked_row(record: RecordT) -> RecordT:
    """The current row of the database, locked until the transaction ends.

    So a withdrawal since the record was read is noticed, and a later one waits.
    """
    return type(record).objects.select_for_update().get(pk=record.pk)


def check_not_withdrawn(record: DraftStateMixin) -> None:
    """Raises ``ValidationError`` for a withdrawn record: it must be restored first (``withdraw.restore``)."""
    if record.withdrawn_at is not None:
        raise ValidationError(_("Tư liệu đã được gỡ xuống. Muốn đăng, trước hết hãy đưa trở lại."))


def check_two_people(record: DraftStateMixin, revision: Any, user: Any) -> None:
    """Raises ``ValidationError`` for the own text of the person, where the type asks for two people. No person: a program's own work."""
    if user is not None and profile(record.record_type).two_people and wrote(user, record, revision):
        raise ValidationError(_("Loại tư liệu này cần hai người: người viết và một người duyệt khác. Xin nhờ người khác duyệt."))


def reviewed_state(record: DraftStateMixin) -> str:
    """The review state after publishing: "needs checking" (public, with the badge "Cần kiểm tra") unless confidence is high.

    Source: domain handbook, section 12.
    """
    return ReviewState.PUBLISHED if record.confidence == Confidence.HIGH else ReviewState.NEEDS_CHECKING
