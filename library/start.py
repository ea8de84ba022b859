"""What a web server's process asks and does before it serves. Knows no model: it is imported before the apps are ready."""

import gc

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import get_resolver


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured, with every reason, where a check of ``library.start_checks`` fails."""
    errors = [message for message in checks.run_checks(tags=["start"]) if message.is_serious()]
    if errors:
        reasons = "\n".join(f"{error.id}: {error.msg} {error.hint}" for error in errors)
        raise ImproperlyConfigured(f"The library does not start.\n{reasons}")


def keep_what_is_loaded() -> None:
    """Loads the addresses with their views, and takes all that is loaded out of Python's garbage collection.

    It stays until the process ends. Searched with the rest, it stopped every thread of the process for 150 ms at each full collection.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
