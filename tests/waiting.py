"""Wait for a condition with a deadline, never for a fixed time: a slow machine only takes longer."""

import time
from collections.abc import Callable

LONGEST = 300.0  # seconds: only a test that fails anyway waits so long


def wait_until(condition: Callable[[], object], seconds: float = LONGEST, *, every: float = 0.05, what: str = "") -> float:
    """Ask again and again until the condition holds; return the seconds it took. Raises AssertionError after ``seconds``."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds:.0f} s: {what or condition}"
        time.sleep(every)
    return time.monotonic() - started
