"""What the index worker does beside draining: at its start, build anew what is outdated; at night, or when it was never done,
learn spelling, compare the indexes, forget old log rows."""

import logging
import time

from . import fruitless
from .engines.base import EngineUnavailable, IndexOutdated
from .engines.registry import engine, lexicon_path, sinks
from .knowledge import learn
from .rebuild import rebuild_index
from .reconcile import reconcile

logger = logging.getLogger(__name__)

EVERY = 24 * 3600  # seconds


def rebuild_outdated() -> None:
    """Build anew what was built for other facets than the profiles declare now: they are read when a process starts."""
    for sink in sinks():
        try:
            engine(sink).ensure()
        except IndexOutdated as error:
            logger.warning("%s", error)
            rebuild_index(sink)
        except EngineUnavailable as error:
            logger.warning("The index %s is not there: %s", sink, error)


def keep_up() -> bool:
    """Do it if it is due: the age of the lexicon says when it was done last. Returns whether it was done."""
    path = lexicon_path()
    if path.exists() and time.time() - path.stat().st_mtime < EVERY:
        return False
    fruitless.forget_old()
    for sink in sinks():
        try:
            differences = reconcile(sink)
        except EngineUnavailable as error:
            logger.warning("The index %s could not be compared: %s", sink, error)
        else:
            logger.info("The index %s: %s records differed", sink, differences.total)
    learn()
    return True
