"""The action that deletes keywords that nothing uses: what brought them was taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ..models import Record
from ..models.keywords import KeywordTag

AT_ONCE = 500


def delete_unused_keywords(keys: Iterable[int], since: datetime) -> None:
    """Deletes those of the keywords that no record and no draft has. ``since``: when the first of them came into the library."""
    used = {row["tag"] for rows in drafts_hold("tagged_items", since) for row in rows}
    for keyword in KeywordTag.objects.filter(pk__in=list(keys), tagged_records=None):
        if keyword.pk not in used:
            keyword.delete()


def drafts_hold(name: str, since: datetime) -> Iterable[list[dict[str, Any]]]:
    """The child rows of that name in the newest version of each record that has one since then."""
    newest = Record.objects.filter(latest_revision__created_at__gte=since)
    return (rows or [] for rows in newest.values_list(f"latest_revision__content__{name}", flat=True).iterator(AT_ONCE))
