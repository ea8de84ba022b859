"""Waits for a condition on a page, all with one deadline: a slow machine only takes longer.

What reads a page once (``inner_text``, ``count``, ``is_visible``, ``input_value``, ``evaluate``, ``url``) stands after something that was
waited for; else it is an ``expect`` of Playwright or one of these. Playwright's own ``wait_for_function`` evaluates text inside the page,
which our CSP forbids.
"""

import time
from collections.abc import Callable
from typing import Any

LONGEST = 60.0  # seconds
MILLISECONDS = LONGEST * 1000
STEP = 50  # milliseconds
#: Nothing on the page fades or glides any more; what never ends does not count.
MOVES_NO_MORE = (
    "document.getAnimations().every(each => each.playState !== 'running' || each.effect.getComputedTiming().activeDuration === Infinity)"
)


def patient(opened: Any) -> Any:
    """The context of a browser, or a page of its own; each of its waits has the deadline."""
    opened.set_default_timeout(MILLISECONDS)
    return opened


def until(page: Any, condition: str) -> None:
    """Wait for a JavaScript expression to be true; fails with its words."""
    until_true(page, lambda: page.evaluate(condition), condition)


def until_true(page: Any, condition: Callable[[], object], what: str) -> None:
    """Wait for a condition in Python while the page goes on: its events and the requests that a test has a hand in are dealt with."""
    ends = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < ends, f"never true: {what}"
        page.wait_for_timeout(STEP)


def at_rest(page: Any) -> None:
    """Wait until the loaded page has nothing more to do by itself: what it asks for unbidden has been asked for."""
    page.wait_for_load_state("load")
    page.evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done)))")
