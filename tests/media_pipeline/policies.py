"""Access policies for the tests: the pipeline only ever knows a dotted name."""

from collections.abc import Collection
from typing import Any

HIDDEN: set[str] = set()


def everything(user: Any, asset: Any, parts: Collection[str]) -> frozenset[str]:
    """All may read all but what a test has hidden."""
    return frozenset(parts) - HIDDEN


def signed_in_only(user: Any, asset: Any, parts: Collection[str]) -> frozenset[str]:
    """Only people who have signed in."""
    return frozenset(parts) if user.is_authenticated else frozenset()


def nothing(user: Any, asset: Any, parts: Collection[str]) -> frozenset[str]:
    """Nobody."""
    return frozenset()


def no_asset(user: Any, assets: Any) -> Any:
    """A filter of the admin that lets nobody work with any file."""
    return assets.none()
