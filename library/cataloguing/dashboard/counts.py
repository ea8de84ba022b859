"""Counts of a dashboard. Those of a large collection are kept for ten minutes: the page says since when, and counts anew if asked."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone

from library.access import Viewer
from library.caching.rows import cached
from library.records.queryset import RecordQuerySet

MANY = 20_000  # records; fewer are counted in the time of one page
KEPT_SECONDS = 600
T = TypeVar("T")


class Counts:
    """The counts of the records of one scope, as one person sees them."""

    def __init__(self, scope: str, viewer: Viewer, records: RecordQuerySet) -> None:
        rights = sha256(repr((viewer.user_id, viewer.office_path, sorted(viewer.communities), viewer.archivist)).encode())
        self._name = f"dashboard:{scope}:{rights.hexdigest()}"  # other rights, other counts
        self._records = records

    def forget(self) -> None:
        """Counts anew from now on."""
        cache.delete(self._name)

    @property
    def total(self) -> int:
        """How many records there are."""
        return self._begun[0]

    @property
    def kept_since(self) -> datetime | None:
        """When the counts were made; None for those that are made for each page."""
        return self._begun[1] if self.total >= MANY else None

    def __call__(self, name: str, count: Callable[[], T]) -> T:
        """What ``count`` gives, under a name that no other count of the scope has; kept where the records are many."""
        if self.kept_since is None:
            return count()
        return cached(f"{self._name}:{self.kept_since.timestamp()}:{name}", count, KEPT_SECONDS)

    @cached_property
    def _begun(self) -> tuple[int, datetime]:
        begun: tuple[int, datetime] | None = cache.get(self._name)
        if begun is None:
            begun = (self._records.count(), timezone.now())
            if begun[0] >= MANY:
                cache.set(self._name, begun, KEPT_SECONDS)
        return begun
