"""The letters of a review: to the reviewers of an office that something waits for them, to the author what was decided.

A letter is a row first (``PendingLetter``). The worker sends the rows; many to one person about one matter become one letter.
"""

import logging
import smtplib
from typing import Any

from django.core.mail import send_mail
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from .models import PendingLetter, ReviewStep
from .routing import reviewers_of

logger = logging.getLogger(__name__)

# What is told → (its subject, the switch in the person's own settings).
SUBJECTS: dict[str, tuple[Promise, str]] = {
    PendingLetter.About.WAITING: (_("Chờ bạn duyệt: %(title)s"), "submitted_notifications"),
    PendingLetter.About.RETURNED: (_("Trả lại để sửa: %(title)s"), "rejected_notifications"),
    PendingLetter.About.PUBLISHED: (_("Đã duyệt: %(title)s"), "approved_notifications"),
}


def tell_reviewers(step: ReviewStep, sender: Any) -> None:
    """Writes to the people of the step's office, but for the sender. Who may not decide it when the letters leave gets none."""
    people = [person for person in reviewers_of(step.office) if person != sender]
    PendingLetter.objects.bulk_create([PendingLetter(person=person, about=PendingLetter.About.WAITING, step=step) for person in people])


def tell_author(state: Any, about: str, sender: Any) -> None:
    """Writes to whoever asked for the review, unless she decided it herself. ``state``: the WorkflowState of a record."""
    person, step = state.requested_by, ReviewStep.objects.filter(pk=state.current_task_state_id).first()
    if step is not None and person is not None and person != sender:
        PendingLetter.objects.create(person=person, about=about, step=step)


def wants(person: Any, about: str) -> bool:
    """Whether the person can sign in, has an address and has not switched these letters off."""
    return person.is_active and bool(person.email) and bool(getattr(UserProfile.get_for_user(person), SUBJECTS[about][1]))


def send(person: Any, subject: str, text: str) -> bool:
    """Whether the letter is done: sent, or refused for good. Else the mail server is away. Both are logged; "my work" tells the same."""
    try:
        send_mail(" ".join(subject.split()), text, None, [person.email])
    except smtplib.SMTPRecipientsRefused:
        logger.exception("The mail server refused the address of a letter about a review.")
    except OSError:  # smtplib's own errors are among them
        logger.exception("The letter about a review was not sent.")
        return False
    return True
