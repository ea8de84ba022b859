"""Publishes and unpublishes what a person has set a time for: records, pages and everything else that Wagtail schedules.

Wagtail's own command stops at the first thing that can no longer be published; here the others go on, and a refusal is told.
"""

import logging
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import DraftStateMixin, Revision

from ..signals import publication_refused
from .publish import check_not_withdrawn
from .requirements import check_publishable

logger = logging.getLogger(__name__)
REFUSED = "records.publication_refused"


def carry_out_schedule() -> bool:
    """Do what is due now. Returns whether anything was published or unpublished."""
    unpublished = [_unpublish(expired) for model in _scheduled_models() for expired in _expired(model)]
    published = [_publish(revision) for revision in due()]
    return any([*unpublished, *published])


def _scheduled_models() -> list[Any]:
    """The models with drafts, without those that share a table with a parent: its rows would come twice."""
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [model for model in models if not any(issubclass(model, other) and model is not other for other in models)]


def _expired(model: Any) -> list[Any]:
    rows = model.objects.filter(live=True, expire_at__lte=timezone.now()).order_by("expire_at")
    return [getattr(row, "specific", row) for row in rows]


def _unpublish(expired: Any) -> bool:
    expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(revision: Revision) -> bool:
    """Publish one revision; False when the rules do not allow it now: it stays scheduled, and the reason is told."""
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except (ValidationError, PublishPermissionError) as error:
        _tell_refusal(revision, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))
        return False
    return True


def due() -> QuerySet[Revision]:
    """The revisions whose time has come. One that is still here a minute later was refused."""
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")


def reason_of(revision: Revision) -> str:
    """Why the revision of a record cannot be published now, in the language that is spoken now; empty when it can."""
    draft = revision.as_object()
    try:
        check_not_withdrawn(draft)
        check_publishable(draft)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _tell_refusal(revision: Revision, reason: str) -> None:
    """Writes the refusal to the history and sends ``publication_refused``: once for each reason, not every minute."""
    subject = revision.content_object
    entries = log_registry.get_logs_for_instance(subject).filter(action=REFUSED, revision=revision).order_by("-timestamp", "-pk")
    last = entries.first()
    if last is not None and last.data.get("reason") == reason:
        return
    logger.warning("The scheduled publication of %s was not possible: %s", revision.object_str, reason)
    log(subject, REFUSED, revision=revision, data={"reason": reason})
    publication_refused.send(sender=type(subject), revision=revision, reason=reason)
