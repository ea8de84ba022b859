"""The action that saves changed content of a record as its newest version. What is public stays as it is."""

from typing import Any

from ..models import Record


def save_version(draft: Record, user: Any) -> int:
    """Saves the draft as the newest version, and its row too as long as no version was ever published; returns the key of the version."""
    if not draft.live and draft.first_published_at is None:
        draft.save()
    revision = draft.save_revision(user=user, log_action=True)
    return int(revision.pk)
