"""The signals of records: "changed", sent inside the transaction, and "publication refused". Packages above listen; none is known here."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

record_changed = Signal()
"""Sent with ``record_ids`` (a list of primary keys) when what readers can find of these records may have changed.

A listener reads from the database whether the records still exist and who may see them.
"""

publication_refused = Signal()
"""Sent with ``revision`` and ``reason`` (words) when a scheduled publication was not possible; once for each reason."""


_held: ContextVar[dict[int, None] | None] = ContextVar("records that are announced at the end", default=None)


def announce(record_ids: Iterable[int]) -> None:
    """Sends ``record_changed``. Saving a record does this by itself; code that writes in bulk calls it."""
    ids, held = list(record_ids), _held.get()
    if held is not None:
        held.update(dict.fromkeys(ids))
    elif ids:
        record_changed.send(sender="library.records", record_ids=ids)


@contextmanager
def announced_once() -> Iterator[None]:
    """Announces each record that changes inside once, at the end: a publication saves its record several times.

    Opened inside the transaction of the change, so that listeners still write in it; what fails announces nothing. Inside another, the
    outer one announces.
    """
    if _held.get() is not None:
        yield
        return
    ids: dict[int, None] = {}
    token = _held.set(ids)
    try:
        yield
    finally:
        _held.reset(token)
    announce(ids)
