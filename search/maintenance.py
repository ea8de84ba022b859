"""The tables of work of the index worker: draining the outbox, and once a day comparing the indexes and learning spelling."""

import logging
import time

from background.work import Work

from .engines.base import EngineUnavailable, IndexOutdated
from .engines.registry import engine, engine_names, lexicon_path
from .indexing.knowledge import learn
from .indexing.outbox import drain_once
from .indexing.rebuild import rebuild_index
from .indexing.reconcile import reconcile
from .indexing.vectors.nightly import NightlyVectors
from .quality import zero_results
from .saved.alerts import send_alerts

logger = logging.getLogger(__name__)

MINUTE, HOUR, DAY = 60.0, 3600.0, 24 * 3600.0  # seconds


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


def compare_indexes() -> None:
    """Compare every index with the database and mend the differences."""
    for engine_name in engine_names():
        try:
            differences = reconcile(engine_name)
        except EngineUnavailable as error:
            logger.warning("The index %s could not be compared: %s", engine_name, error)
        else:
            logger.info("The index %s: %s records differed", engine_name, differences.total)


def learn_if_due() -> None:
    """Learn spelling if it is due: the age of the lexicon, a file of this machine, says when it was done last."""
    path = lexicon_path()
    if not path.exists() or time.time() - path.stat().st_mtime > DAY:
        learn()


DRAINING = [
    Work("rebuild outdated indexes", rebuild_outdated, every=HOUR),
    Work("outbox", drain_once),
]
UPKEEP = [
    Work("saved searches", send_alerts, every=HOUR, shared=True),
    Work("forget old searches", zero_results.forget_old, every=DAY, shared=True),
    Work("compare indexes", compare_indexes, every=DAY, shared=True),
    Work("learn spelling", learn_if_due, every=MINUTE),
    Work("vectors for search by meaning", NightlyVectors().step),
]
