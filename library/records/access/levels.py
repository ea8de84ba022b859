"""The strictest of all that bears on a record: its own level, its labels, its withdrawal. Pure."""

from datetime import datetime
from typing import Any, Protocol

from library import access

# What a community's own label asks for (domain handbook, section 9); labels not named here are only shown.
LABEL_LEVELS = {"tkss": access.COMMUNITY, "tkmr": access.COMMUNITY, "tkwr": access.COMMUNITY, "tkco": access.COMMUNITY}


class Restricted(Protocol):
    """What the level of a record is derived from. The model of records is such a thing; it imports this file."""

    @property
    def pk(self) -> Any: ...
    @property
    def own_access(self) -> str: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def labels(self) -> Any: ...


def effective_level(record: Restricted) -> str:
    """The level that every door applies to the record as a whole."""
    if record.withdrawn_at is not None:
        return access.WITHDRAWN
    labels = [LABEL_LEVELS.get(row.label.code, access.PUBLIC) for row in record.labels.all()] if record.pk else []
    return access.strictest(record.own_access, *labels)
