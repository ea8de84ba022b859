"""Access policies for the tests: the pipeline only ever knows a dotted name."""

from typing import Any

HIDDEN: set[str] = set()


def everything(user: Any, asset: Any, name: str) -> bool:
    """All may read all but what a test has hidden."""
    return name not in HIDDEN


def signed_in_only(user: Any, asset: Any, name: str) -> bool:
    """Only people who have signed in."""
    return bool(user.is_authenticated)


def nothing(user: Any, asset: Any, name: str) -> bool:
    """Nobody."""
    return False
