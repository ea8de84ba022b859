"""Tells a scheduled publication that was refused to whoever scheduled and approved it: by mail, and on their first page of the admin."""

import logging
import smtplib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision, TaskState

from library.accounts.admin_language import language_of
from library.accounts.models import User
from library.records.actions.schedule import REFUSED, due, reason_of
from library.records.models import Record
from library.records.signals import publication_refused

logger = logging.getLogger(__name__)
SCHEDULED = "wagtail.publish.schedule"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A scheduled publication that was refused. ``url``: where it is mended, empty for somebody who may not."""

    title: str
    reason: str
    time: Any
    url: str


def people_of(revision: Revision) -> list[User]:
    """Who wrote the revision, who set its time, and who approved it; only those who may still sign in."""
    entries = log_registry.get_logs_for_instance(revision.content_object).filter(action=SCHEDULED, revision=revision)
    reviewers = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    chosen = Q(pk=revision.user_id) | Q(pk__in=entries.values("user")) | Q(pk__in=reviewers.values("finished_by"))
    return list(User.objects.filter(chosen, is_active=True).select_related("wagtail_userprofile", "office").order_by("pk"))


def refusals_of(user: Any) -> list[Refusal]:
    """The refused publications that this person has to know of, the oldest first, each with its reason in the person's language."""
    refusals = [(revision, _reason(revision)) for revision in due()]
    return [_refusal(revision, reason, user) for revision, reason in refusals if reason and user in people_of(revision)]


def _reason(revision: Revision) -> str:
    """Why it was refused, in the language that is spoken now for a record; empty when nothing was refused yet."""
    entries = log_registry.get_logs_for_instance(revision.content_object).filter(action=REFUSED, revision=revision)
    last = entries.order_by("-timestamp", "-pk").first()
    if last is None:
        return ""
    return (reason_of(revision) if isinstance(revision.content_object, Record) else "") or str(last.data.get("reason", ""))


def _refusal(revision: Revision, reason: str, user: Any) -> Refusal:
    subject = revision.content_object
    return Refusal(str(subject), reason, revision.approved_go_live_at, AdminURLFinder(user).get_edit_url(subject) or "")


@receiver(publication_refused)
def mail_refusal(revision: Revision, reason: str, **kwargs: Any) -> None:
    """Mails everybody concerned who has an address. A mail that cannot be sent is logged: the first page of the admin tells it, too."""
    for person in people_of(revision):
        if not person.email:
            continue
        with override(language_of(person)):
            refusal = _refusal(revision, _reason(revision) or reason, person)
            text = render_to_string("cataloguing/refusal_mail.txt", {"refusal": refusal, "site_url": settings.SITE_URL})
            subject = _("Chưa đăng được theo lịch: %(title)s") % {"title": refusal.title}
            try:
                send_mail(" ".join(subject.split()), text, None, [person.email])
            except (OSError, smtplib.SMTPException):
                logger.exception("The mail about a refused publication was not sent.")


class RefusalPanel(Component):
    """The refused publications of the person, on the first page. Empty when there is none."""

    name = "refusals"
    template_name = "cataloguing/refusals.html"
    order = 15

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"refusals": refusals_of(parent_context["request"].user)}
