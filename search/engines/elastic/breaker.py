"""Stops asking an engine that does not answer: three failures in a row open it, and it lets the next try pass after 30 seconds."""

import threading
import time
from collections.abc import Callable

OPENS_AFTER = 3  # failures
OPEN_FOR = 30.0  # seconds


class Breaker:
    """Counts failures. ``clock`` is monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._opened_at = 0.0

    @property
    def open(self) -> bool:
        """Whether the engine should be left alone now."""
        with self._lock:
            return self._failures >= OPENS_AFTER and self._clock() - self._opened_at < OPEN_FOR

    def failed(self) -> None:
        """The engine did not answer."""
        with self._lock:
            self._failures += 1
            self._opened_at = self._clock()

    def answered(self) -> None:
        """The engine answered."""
        with self._lock:
            self._failures = 0
