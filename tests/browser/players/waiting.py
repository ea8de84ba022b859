"""Waits for what a page says of itself. Playwright's own wait_for_function evaluates text inside the page, which our CSP forbids."""

import time
from typing import Any

LONGEST = 20.0  # seconds
STEP = 50  # milliseconds


def until(page: Any, condition: str) -> None:
    """Wait for a JavaScript expression to be true; fails with its words."""
    ends = time.monotonic() + LONGEST
    while not page.evaluate(condition):
        assert time.monotonic() < ends, f"never true: {condition}"
        page.wait_for_timeout(STEP)
