"""The strictest of all that bears on a record: its own level, its labels, its withdrawal. Pure."""

from typing import TYPE_CHECKING

from library import access

if TYPE_CHECKING:
    from ..models import Record

# What a community's own label asks for (domain handbook, section 9); labels not named here are only shown.
LABEL_LEVELS = {"tkss": access.COMMUNITY, "tkmr": access.COMMUNITY, "tkwr": access.COMMUNITY, "tkco": access.COMMUNITY}


def effective_level(record: "Record") -> str:
    """The level that every door applies to the record as a whole."""
    if record.withdrawn_at is not None:
        return access.WITHDRAWN
    labels = [LABEL_LEVELS.get(row.label.code, access.PUBLIC) for row in record.labels.all()] if record.pk else []
    return access.strictest(record.own_access, *labels)
