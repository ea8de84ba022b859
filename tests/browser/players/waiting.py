"""Waits for a condition on a page. Playwright's own wait_for_function evaluates text inside the page, which our CSP forbids."""

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


def settled(page: Any, expression: str) -> Any:
    """Wait until a JavaScript expression gives the same value twice in a row; returns it. For movements that end by themselves."""
    ends = time.monotonic() + LONGEST
    before, value = None, page.evaluate(expression)
    while value != before:
        assert time.monotonic() < ends, f"never at rest: {expression}"
        page.wait_for_timeout(STEP)
        before, value = value, page.evaluate(expression)
    return value
