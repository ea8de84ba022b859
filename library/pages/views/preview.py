"""The preview of a record in the admin: the page as the readers of one access level will see it, with a line on what outsiders miss."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from library.access import ANONYMOUS, COMMUNITY, PUBLIC, SIGNED_IN, STAFF, WITHDRAWN, Viewer, can_see
from library.records.access.levels import effective_level
from library.records.models import Record
from library.records.models.choices import AccessLevel

from ..presentation.record.context import record_context
from ..presentation.record.hidden import hidden_parts
from .public_view import request_viewer


def record_preview(record: Record, request: HttpRequest, mode: str) -> TemplateResponse:
    """The answer to a preview (setting RECORD_PREVIEW). ``mode`` is an access level; its readers see the page as it will be published.

    Staff see it as it is now, with drafts that it is related to. ``record`` may hold what a form has not saved yet.
    """
    record.updated_at = record.updated_at or timezone.now()  # a record that is not saved yet has no time of change
    record.access_level = effective_level(record)  # the form may have changed it
    officer = request_viewer(request)
    context: dict[str, Any] = {
        "readers": AccessLevel(mode if mode in AccessLevel.values else PUBLIC).label,
        "draft": not record.live,
        "level": "" if record.access_level == PUBLIC else AccessLevel(record.access_level).label,
        "hidden": hidden_parts(record, officer),
    }
    record.live = record.live or mode != STAFF
    viewer = _viewer(mode, record, officer)
    if mode == PUBLIC:
        request.user = AnonymousUser()  # for the frame of the page
    if not can_see(viewer, record):
        refusal = "410.html" if record.access_level == WITHDRAWN else "404.html"
        gone = {"identifier": record.identifier, "withdrawn_at": record.withdrawn_at}
        return TemplateResponse(request, "records/preview_refused.html", {"preview": context, "refusal": refusal, **gone})
    page = record_context(record, viewer, 1, drafts=mode == STAFF)
    return TemplateResponse(request, "records/preview.html", {"preview": context, **page})


def _viewer(mode: str, record: Record, officer: Viewer) -> Viewer:
    """A reader to whom this level is open, and no stricter one. For anything else that an address may name: the public."""
    viewers = {
        SIGNED_IN: Viewer(signed_in=True),
        COMMUNITY: Viewer(signed_in=True, communities=frozenset(record.community_ids)),
        STAFF: officer,
    }
    return viewers.get(mode, ANONYMOUS)
