"""What reading every public record has given, remembered by one process for a few seconds (``PUBLIC_COUNTS_SECONDS``).

Only for facts about what everybody may see: they are the same for each reader.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.conf import settings
from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """The last answer of ``ask``, asked for anew beside a request before it is too old: while pages are read, no reader waits for it."""

    def __init__(self, ask: Callable[[], Value]) -> None:
        self._ask = ask
        self._values: list[Value] = []  # none or one
        self._asked_at = float("-inf")
        self._asking = threading.Lock()
        _all.add(self)

    def value(self) -> Value:
        """The answer, at most ``PUBLIC_COUNTS_SECONDS`` old. While one thread asks anew, the others get the last answer."""
        age = time.monotonic() - self._asked_at
        if not self._values or age >= settings.PUBLIC_COUNTS_SECONDS:
            if self._asking.acquire(blocking=not self._values):
                self._ask_and_release()
        elif age >= settings.PUBLIC_COUNTS_SECONDS / 2 and self._asking.acquire(blocking=False):
            threading.Thread(target=self._ask_aside, name="remembered", daemon=True).start()
        return self._values[0]

    def forget(self) -> None:
        """Asks anew for the next request."""
        self._asked_at = float("-inf")

    def _ask_and_release(self) -> None:
        self._asked_at, values = time.monotonic(), []  # before it is asked: what is forgotten meanwhile stays forgotten
        try:
            values = [self._ask()]
        finally:
            if values:
                self._values = values
            else:
                self.forget()
            self._asking.release()

    def _ask_aside(self) -> None:
        try:
            self._ask_and_release()
        except DatabaseError as error:
            logger.warning("What pages remember could not be read anew, and is asked for again: %s", error)
        finally:
            connection.close()


_all: "WeakSet[Remembered[Any]]" = WeakSet()


def forget_all() -> None:
    """Asks for everything anew: a record has changed."""
    for remembered in _all:
        remembered.forget()
