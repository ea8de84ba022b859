"""Waits for what is to become true, never for a time: a slow machine only takes longer."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], seconds: float = 60, *, every: float = 0.05) -> None:
    """Ask again and again until the condition holds. Raises AssertionError after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so within {seconds:.0f} s: {condition}"
        time.sleep(every)
