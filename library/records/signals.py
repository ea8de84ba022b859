"""The signals of records: "changed", sent inside the transaction, and "publication refused". Packages above listen; none is known here."""

from collections.abc import Iterable

from django.dispatch import Signal

record_changed = Signal()
"""Sent with ``record_ids`` (a list of primary keys) when what readers can find of these records may have changed.

A listener reads from the database whether the records still exist and who may see them.
"""

publication_refused = Signal()
"""Sent with ``revision`` and ``reason`` (words) when a scheduled publication was not possible; once for each reason."""


def announce(record_ids: Iterable[int]) -> None:
    """Sends ``record_changed``. Saving a record does this by itself; code that writes in bulk calls it."""
    ids = list(record_ids)
    if ids:
        record_changed.send(sender="library.records", record_ids=ids)
