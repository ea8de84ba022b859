"""The action that gives a draft to another office. A published record never changes its office in this way."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState

from library.accounts.models import Office

from ..models import Record


def change_office(draft: Record, office: Office, *, user: Any) -> None:
    """Puts the draft into the charge of the office: its row, and every version of it that may still be published.

    Its review goes on, before the reviewers of the new office. Rights and search follow, because the row is saved.
    """
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=draft.pk)
        before = str(locked.office)
        for revision in _open_revisions(locked):
            revision.content["office"] = office.pk
            revision.save(update_fields=["content"])
        locked.office = office
        locked.save()
        log(locked, "records.change_office", user=user, data={"before": before, "after": str(office)})
    draft.refresh_from_db()


def _open_revisions(record: Record) -> Any:
    """The newest version, the one in review and the one with a time for publication."""
    in_review = TaskState.objects.filter(workflow_state__in=record.workflow_states.active()).values("revision")
    return Revision.objects.for_instance(record).filter(
        Q(pk=record.latest_revision_id) | Q(approved_go_live_at__isnull=False) | Q(pk__in=in_review)
    )
