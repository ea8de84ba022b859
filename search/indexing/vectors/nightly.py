"""When the worker reads texts for search by meaning: at night, a few at a time, one walk over all records a night."""

import time

from django.conf import settings
from django.utils import timezone

from search.semantic.installed import embedder

from .builder import VectorBuilder

REST = 8 * 3600.0  # seconds from the end of a walk to the next


class NightlyVectors:
    """The walk of this process. A worker that begins again begins a new one: what was read needs no second reading."""

    def __init__(self) -> None:
        self._walk: VectorBuilder | None = None
        self._rests_until = 0.0

    def step(self) -> bool:
        """A few seconds of work. False where there is none: by day, at the end of a walk, with search by meaning off."""
        model = embedder()
        if model is None or time.monotonic() < self._rests_until or not is_night(timezone.localtime().hour):
            self._walk = None
            return False
        if self._walk is None:
            self._walk = VectorBuilder(model)
        if self._walk.step():
            return True
        self._walk, self._rests_until = None, time.monotonic() + REST
        return False


def is_night(hour: int) -> bool:
    """Whether an hour of the day lies in those of SEARCH_SEMANTIC_HOURS."""
    first, last = settings.SEARCH_SEMANTIC_HOURS
    return first <= hour < last if first < last else hour >= first or hour < last
