"""Decisions on the newest version as it stands: send for review, approve, publish."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from library.access import Viewer
from library.records.access.changing import check_open, check_right
from library.records.access.permissions import has_any_right
from library.records.actions.publish import check_two_people
from library.records.actions.requirements import check_publishable
from library.records.actions.save_version import newest, save_version
from library.records.models import Record
from library.records.models.choices import ReviewState
from library.review.actions.approve_many import approve_many
from library.review.actions.send_for_review import check_sending, send_for_review
from library.review.models import current_step
from library.review.rules import check_approval

from .change import Change, Json


def _state_words(state: str) -> str:
    return str(ReviewState(state).step.label)


class SendForReview(Change):
    """Sends records for review. It is taken back while nobody has decided."""

    def read(self, record: Record) -> Json:
        step = current_step(record)
        return {"state": record.review_state, "step": step.pk if step else None}

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return now if now["step"] else {"state": ReviewState.IN_REVIEW, "step": 0}

    def words(self, read: Json, viewer: Viewer) -> str:
        return _state_words(ReviewState.IN_REVIEW if read["step"] is not None else read["state"])

    def check(self, record: Record, value: Json, user: Any) -> None:
        check_right(record, user, self.right)
        if not record.workflow_in_progress:
            super().check(record, value, user)
            check_sending(record, user)

    def check_undo(self, record: Record, before: Json, user: Any) -> None:
        """Who may change the record may take back what was sent, as its author does in the form."""
        check_right(record, user, self.right)
        state = record.current_workflow_state
        if state is None or state.requested_by_id != user.pk:
            check_open(record, user)

    def write(self, record: Record, to: Json, user: Any) -> None:
        if to["step"] is None:
            record.current_workflow_state.cancel(user=user)
        else:
            send_for_review(record, user)


class Approve(Change):
    """Approves the step of each record that waits for this person. A decision of a review stays."""

    final, reads_version = True, True

    def read(self, record: Record) -> Json:
        step = current_step(record)
        return {"state": record.review_state, "step": step.pk if step else None, "office": str(step.office) if step else ""}

    def become(self, now: Json, value: Json, record: Record) -> Json:
        return {"state": "", "step": None, "office": ""}

    def words(self, read: Json, viewer: Viewer) -> str:
        if read["office"]:
            return _("chờ %(office)s duyệt") % {"office": read["office"]}
        return _state_words(read["state"]) if read["state"] else _("được duyệt")

    def check(self, record: Record, value: Json, user: Any) -> None:
        step = current_step(record)
        if not has_any_right(user, record):
            raise PermissionDenied(_("Bạn không có quyền làm việc này với tư liệu ấy."))
        if step is None:
            raise ValidationError(_("Tư liệu không chờ duyệt."))
        check_approval(user, step)

    def write(self, record: Record, to: Json, user: Any) -> None:
        result = approve_many({record.pk: record.latest_revision_id}, user)
        if result.refused:
            raise ValidationError(result.refused[0].reason)


class Publish(Change):
    """Publishes the newest version. Taken back, the version that was public before is public again, or none."""

    right, reads_version = "publish", True

    def read(self, record: Record) -> Json:
        return {"live": record.live, "revision": record.live_revision_id, "changed": record.live and record.has_unpublished_changes}

    def become(self, now: Json, value: Json, record: Record) -> Json:
        if now["live"] and not now["changed"]:
            return now
        return {"live": True, "revision": record.latest_revision_id, "changed": False}

    def words(self, read: Json, viewer: Viewer) -> str:
        if not read["live"]:
            return _("chưa đăng")
        return _("đã đăng, có bản sửa chưa đăng") if read["changed"] else _("đã đăng")

    def check(self, record: Record, value: Json, user: Any) -> None:
        super().check(record, value, user)
        draft = newest(record)
        check_two_people(draft, record.latest_revision, user)
        check_publishable(draft)
        if draft.go_live_at is not None and draft.go_live_at > timezone.now():
            raise ValidationError(_("Tư liệu đã hẹn ngày đăng."))

    def write(self, record: Record, to: Json, user: Any) -> None:
        if not to["live"]:
            record.unpublish(user=user)
            return
        if record.latest_revision_id is None:
            save_version(record, user)
        revision = record.revisions.filter(pk=to["revision"] or record.latest_revision_id).first()
        if revision is None:
            raise ValidationError(_("Bản đã đăng trước đó không còn nữa."))
        record.publish(revision, user=user)
