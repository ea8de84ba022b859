"""Wagtail's own mails about reviews go on for editorial pages only: records have letters of their own (library.review.letters)."""

from typing import Any

from wagtail.admin import signal_handlers
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from library.records.models import Record

# The end of the id under which Wagtail connects a mail → its signal and what sends it.
MAILS = {
    "submitted": (workflow_submitted, signal_handlers.workflow_submission_email_notifier),
    "rejected": (workflow_rejected, signal_handlers.workflow_rejection_email_notifier),
    "approved": (workflow_approved, signal_handlers.workflow_approval_email_notifier),
}


class MailOfPages:
    """One of Wagtail's mails, not sent for records."""

    def __init__(self, notifier: Any) -> None:
        self.notifier = notifier

    def __call__(self, instance: Any, **kwargs: Any) -> None:
        if not isinstance(instance.content_object, Record):
            self.notifier(instance=instance, **kwargs)


PAGE_MAILS = {name: MailOfPages(notifier) for name, (_signal, notifier) in MAILS.items()}  # signals keep no reference of their own


def leave_records_to_our_letters() -> None:
    """Puts ours in the place of Wagtail's receivers. Called once, when the admin starts."""
    for name, (signal, _notifier) in MAILS.items():
        uid = f"workflow_state_{name}_email_notification"
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
        signal.connect(PAGE_MAILS[name], sender=WorkflowState, dispatch_uid=uid)
