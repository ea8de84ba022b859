"""The effective access level of a record: the strictest of its own level, its community labels and its withdrawal. Pure."""

from datetime import datetime
from typing import Any, Protocol

from library import access

# Label code → access level that a community's own label asks for (domain handbook, section 9). Other labels are only shown.
LABEL_LEVELS = {"tkss": access.COMMUNITY, "tkmr": access.COMMUNITY, "tkwr": access.COMMUNITY, "tkco": access.COMMUNITY}


class Restricted(Protocol):
    """The facts that decide the level of a record. The model Record has them; it imports this module, so it is not named here."""

    @property
    def pk(self) -> Any: ...
    @property
    def own_access(self) -> str: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def labels(self) -> Any: ...


def effective_level(record: Restricted) -> str:
    """The level of the record as a whole, as the access rule uses it."""
    if record.withdrawn_at is not None:
        return access.WITHDRAWN
    labels = [LABEL_LEVELS.get(row.label.code, access.PUBLIC) for row in record.labels.all()] if record.pk else []
    return access.strictest(record.own_access, *labels)
