"""What the index worker does beside draining: at its start, rebuild what is outdated; at night, or when it was never done,
learn spelling, compare the indexes, forget old log rows."""

import logging
import time
from collections.abc import Callable

from .engines.base import EngineUnavailable, IndexOutdated
from .engines.registry import engine, engine_names, lexicon_path
from .indexing.knowledge import learn
from .indexing.rebuild import rebuild_index
from .indexing.reconcile import reconcile
from .quality import zero_results

logger = logging.getLogger(__name__)

EVERY = 24 * 3600  # seconds
HOUR = 3600.0


def rebuild_outdated() -> None:
    """Rebuild the indexes that were built for other facets than the profiles declare now: they are read when a process starts."""
    for engine_name in engine_names():
        try:
            engine(engine_name).ensure()
        except IndexOutdated as error:
            logger.warning("%s", error)
            rebuild_index(engine_name)
        except EngineUnavailable as error:
            logger.warning("The index %s is not there: %s", engine_name, error)


class Hourly:
    """Lets something be done at most once an hour by one process. ``clock`` is monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next = clock()

    def due(self) -> bool:
        """True once, then not for an hour."""
        if self._clock() < self._next:
            return False
        self._next = self._clock() + HOUR
        return True


def keep_up() -> bool:
    """Do it if it is due: the age of the lexicon says when it was done last. Returns whether it was done."""
    path = lexicon_path()
    if path.exists() and time.time() - path.stat().st_mtime < EVERY:
        return False
    zero_results.forget_old()
    for engine_name in engine_names():
        try:
            differences = reconcile(engine_name)
        except EngineUnavailable as error:
            logger.warning("The index %s could not be compared: %s", engine_name, error)
        else:
            logger.info("The index %s: %s records differed", engine_name, differences.total)
    learn()
    return True
