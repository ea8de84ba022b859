"""The newest version of a record, and the action that saves changed content as such. What is public stays as it is."""

from typing import Any

from ..models import Record


def newest(record: Record) -> Record:
    """The record as its newest version has it."""
    return record.get_latest_revision_as_object() if record.latest_revision_id else Record.objects.get(pk=record.pk)  # type: ignore[no-any-return]


def save_version(draft: Record, user: Any) -> int:
    """Saves the draft as the newest version, and its row too as long as no version was ever published; returns the key of the version."""
    if not draft.live and draft.first_published_at is None:
        draft.save()
    revision = draft.save_revision(user=user, log_action=True)
    return int(revision.pk)
