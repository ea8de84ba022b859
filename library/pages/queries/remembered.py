"""What reading every public record has given, remembered by one process for a few seconds (``PUBLIC_COUNTS_SECONDS``).

Only for facts about what everybody may see: they are the same for each reader.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.conf import settings

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """The last answer of ``ask``. While one thread asks anew, the others get the last answer."""

    def __init__(self, ask: Callable[[], Value]) -> None:
        self._ask = ask
        self._values: list[Value] = []  # none or one
        self._valid_until = 0.0
        self._asking = threading.Lock()
        _all.add(self)

    def value(self) -> Value:
        """The answer, at most some seconds old."""
        if self._values and time.monotonic() < self._valid_until:
            return self._values[0]
        if not self._asking.acquire(blocking=not self._values) and self._values:
            return self._values[0]
        try:
            valid_until = time.monotonic() + settings.PUBLIC_COUNTS_SECONDS
            self._values = [self._ask()]
            self._valid_until = valid_until
            return self._values[0]
        finally:
            self._asking.release()

    def forget(self) -> None:
        """Asks anew for the next request."""
        self._valid_until = 0.0


_all: "WeakSet[Remembered[Any]]" = WeakSet()


def forget_all() -> None:
    """Asks for everything anew: a record has changed."""
    for remembered in _all:
        remembered.forget()
