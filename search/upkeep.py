"""What the index worker does at night, or when it was never done: learn spelling anew, compare the indexes, forget old log rows."""

import logging
import time

from . import fruitless
from .engines.base import EngineUnavailable
from .engines.registry import lexicon_path, sinks
from .knowledge import learn
from .reconcile import reconcile

logger = logging.getLogger(__name__)

EVERY = 24 * 3600  # seconds


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
