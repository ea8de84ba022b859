"""The letters of a review: to the reviewers of an office that something waits for them, to the author what was decided."""

import logging
import smtplib
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from library.accounts.admin_language import language_of

from .due_dates import due_date, told
from .routing import reviewers_of
from .rules import may_decide, own_text

logger = logging.getLogger(__name__)

# What is told → (its subject, the switch in the person's own settings).
SUBJECTS: dict[str, tuple[Promise, str]] = {
    "waiting": (_("Chờ bạn duyệt: %(title)s"), "submitted_notifications"),
    "returned": (_("Trả lại để sửa: %(title)s"), "rejected_notifications"),
    "published": (_("Đã duyệt: %(title)s"), "approved_notifications"),
}


def tell_reviewers(step: Any, sender: Any) -> None:
    """Writes to those of the step's office who may decide it."""
    people = [person for person in reviewers_of(step.office).select_related("office", "wagtail_userprofile") if person != sender]
    readers = [person for person in people if may_decide(person, step) and not own_text(person, step)]
    due = step.due_on
    _send("waiting", readers, step.record, lambda: {"due": told(due), "office": step.office, "author": sender, "address": "review_record"})


def tell_author(state: Any, what: str, sender: Any, reason: str = "") -> None:
    """Writes to whoever asked for the review, unless she decided it herself."""
    person, record = state.requested_by, state.content_object
    if person is None or not person.is_active or person == sender:
        return
    address = "record" if what == "published" and record.live else "wagtailsnippets_records_record:edit"
    step = state.current_task_state
    due = due_date(localtime(step.finished_at).date()) if what == "returned" and step and step.finished_at else None
    _send(what, [person], record, lambda: {"reason": reason, "who": sender, "due": told(due) if due else None, "address": address})


def wants(person: Any, what: str) -> bool:
    """Whether the person has an address and has not switched these letters off."""
    return bool(person.email) and bool(getattr(UserProfile.get_for_user(person), SUBJECTS[what][1]))


def send(person: Any, subject: str, text: str) -> None:
    """A letter that cannot be sent is logged: the page "my work" tells the same."""
    try:
        send_mail(" ".join(subject.split()), text, None, [person.email])
    except (OSError, smtplib.SMTPException):
        logger.exception("The letter about a review was not sent.")


def _send(what: str, people: Iterable[Any], record: Any, context: Callable[[], dict[str, Any]]) -> None:
    """The letter to each of these people who wants it, in her language."""
    for person in people:
        if not wants(person, what):
            continue
        with override(language_of(person)):
            words = context()
            key = record.identifier if words["address"] == "record" else record.pk
            url = settings.SITE_URL + reverse(words.pop("address"), args=[key])
            text = render_to_string("cataloguing/review/letter.txt", {"what": what, "record": record, "url": url, **words})
            send(person, str(SUBJECTS[what][0]) % {"title": record.title}, text)
