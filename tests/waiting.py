"""Wait for a condition with a deadline: tests never wait for a fixed time."""

import time
from collections.abc import Callable


def until(condition: Callable[[], object], seconds: float = 60, *, every: float = 0.05, what: str = "") -> float:
    """Return the seconds until the condition held. Raises AssertionError after the deadline."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds} s: {what}"
        time.sleep(every)
    return time.monotonic() - started
