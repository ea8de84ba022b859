"""News of the catalogue, sent inside the writer's transaction. Readers above (search, feeds) listen; nobody here knows them."""

from collections.abc import Iterable

from django.dispatch import Signal

record_changed = Signal()
"""Sent with ``record_ids`` (a list of primary keys) whenever what a reader may find of these records may have changed.

Whether they still exist and may be shown, the listener reads from the database when it comes to act.
"""


def announce(record_ids: Iterable[int]) -> None:
    """Tell that records changed. A saved row tells it by itself (signal_handlers); paths that write in bulk call this."""
    ids = list(record_ids)
    if ids:
        record_changed.send(sender="library.records", record_ids=ids)
