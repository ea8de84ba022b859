"""What a process does before it loads, and what a web server's process does before it serves.

Knows no model: it is imported before the apps are ready.
"""

import gc

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import get_resolver

OBJECTS_BETWEEN_COLLECTIONS = 10_000  # with Python's 700 the lists of the staff spent an eighth of their time on it
FULL_COLLECTIONS = 5  # after which everything that pages need again is loaded


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured, with every reason, where a check of ``library.start_checks`` fails."""
    errors = [message for message in checks.run_checks(tags=["start"]) if message.is_serious()]
    if errors:
        reasons = "\n".join(f"{error.id}: {error.msg} {error.hint}" for error in errors)
        raise ImproperlyConfigured(f"The library does not start.\n{reasons}")


def collect_rarely() -> None:
    """Before anything is loaded: loading makes hardly any garbage, and looking for it took a sixth of the start of each process."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def keep_what_is_loaded() -> None:
    """Loads the addresses with their views, and takes all that is loaded out of Python's garbage collection.

    It stays until the process ends. Searched with the rest, it stopped every thread of the process for 150 ms at each full collection.
    What the first pages load (templates, vocabularies, names) follows with the first full collections.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.callbacks.append(KeepCaches())


class KeepCaches:
    """Called by Python at each collection: takes what is left after the first full ones out of all later ones, too.

    Not after every one: what pages that are being made just then hold in cycles would stay for ever.
    """

    def __init__(self) -> None:
        self.left = FULL_COLLECTIONS

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if phase != "stop" or info["generation"] != 2:
            return
        gc.freeze()
        self.left -= 1
        if not self.left:
            gc.callbacks.remove(self)
