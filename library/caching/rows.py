"""What every page reads from rows that change rarely: kept in the cache, and read again after a change."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

LAST_CHANGE = "cached-rows:last-change"
T = TypeVar("T")


def cached(key: str, read: Callable[[], T], seconds: int) -> T:
    """What ``read`` gives, from the cache if it is there. What was read while rows changed is given, and not kept."""
    found: T | None = cache.get(key)
    if found is None:
        before = cache.get(LAST_CHANGE)
        found = read()
        if cache.get(LAST_CHANGE) == before:
            cache.set(key, found, seconds)
    return found


def forget(keys: Iterable[str]) -> None:
    """The next call of ``cached`` reads again: at once, and once more when the transaction is stored.

    Until then other requests read the rows as they were, and keep them.
    """
    names = list(keys)
    _forget(names)
    transaction.on_commit(partial(_forget, names))


def _forget(names: list[str]) -> None:
    cache.set(LAST_CHANGE, uuid4().hex, None)
    cache.delete_many(names)
