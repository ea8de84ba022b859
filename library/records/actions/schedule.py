"""Publishes and unpublishes what a person has set a time for: records, pages and everything else that Wagtail schedules.

Wagtail's own command stops at the first thing that can no longer be published; here the others go on.
"""

import logging
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import DraftStateMixin, Revision

logger = logging.getLogger(__name__)


def carry_out_schedule() -> bool:
    """Do what is due now. Returns whether anything was published or unpublished."""
    unpublished = [_unpublish(expired) for model in _scheduled_models() for expired in _expired(model)]
    published = [_publish(revision) for revision in Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("pk")]
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
    """Publish one revision; False, with a line in the log, when the rules do not allow it now: it stays scheduled."""
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except (ValidationError, PublishPermissionError) as error:
        logger.warning("The scheduled publication of %s was not possible: %s", revision.object_str, error)
        return False
    return True
