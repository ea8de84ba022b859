"""The one loop of every worker process: runs a table of work, each line guarded. A line that fails waits; the others go on."""

import logging
import time
from collections.abc import Callable, Sequence
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections

from . import states
from .work import Work

logger = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0  # seconds after the first failure, and at most
AWAY_FOR_LONG = 12  # tries of a database, FIRST_WAIT apart
LOOK_AT_SHARED = 60.0  # seconds between two looks whether a shared work is due
DATABASE_AWAY = (OperationalError, InterfaceError)  # away, restarted or locked: no fault of the work


class Loop:
    """Runs a table until ``stop`` is set. ``clock`` is monotonic seconds."""

    def __init__(self, table: Sequence[Work], stop: Event, clock: Callable[[], float] = time.monotonic) -> None:
        self.table, self.stop, self.clock = table, stop, clock
        self.failures: dict[str, int] = {}  # in a row, by name
        self._next: dict[str, float] = {}  # by name, on the clock
        self._owed: dict[str, float] = {}  # seconds of its share that a work has not had, by name
        self._good: set[str] = set()  # works that went well in this process: nothing is stored of their next success

    def run(self, idle: Callable[[], object], *, once: bool = False) -> None:
        """Round after round; ``idle`` waits while there is nothing to do. With ``once``: until nothing more can be done now."""
        while not self.stop.is_set():
            if self.round():
                continue
            if once:
                return
            idle()

    def round(self) -> bool:
        """Run what is due, from the top of the table, up to the first work that did something. Returns whether one did."""
        for work in self.table:
            if work.gives_way and any(self._took_turn(owed, of_its_share=True) for owed in self._not_had_their_share()):
                return True
            if self._took_turn(work):
                return True
        return False

    def _not_had_their_share(self) -> list[Work]:
        return [work for work in self.table if self._owed.get(work.name, 0.0) > 0]

    def _took_turn(self, work: Work, *, of_its_share: bool = False) -> bool:
        """Run the work if it is due, and count its time. Returns whether it did something."""
        if self.stop.is_set() or not self._is_due(work):
            return False
        began = self.clock()
        did_something = self._did_something(work)
        seconds = self.clock() - began
        if work.gives_way and did_something:
            for other in self.table:
                self._owed[other.name] = self._owed.get(other.name, 0.0) + other.share * seconds
        elif not did_something:
            self._owed.pop(work.name, None)  # it waits for nothing
        elif of_its_share:
            self._owed[work.name] -= seconds
        return did_something

    def _is_due(self, work: Work) -> bool:
        return self.clock() >= self._next.get(work.name, 0.0)

    def _did_something(self, work: Work) -> bool:
        """Run one work, whatever happens in it."""
        close_old_connections()
        try:
            if work.shared and not self._is_ours(work):
                return False
            result = work.run()
        except DATABASE_AWAY as error:
            self._wait_for_database(work, error)
            return False
        except Exception as error:  # noqa: BLE001  (a process boundary: one work must not end the others)
            self._put_off(work, error)
            return False
        self._went_well(work)
        return bool(result)

    def _is_ours(self, work: Work) -> bool:
        self._next[work.name] = self.clock() + min(work.every, LOOK_AT_SHARED)
        return states.claim(work)

    def _wait_for_database(self, work: Work, error: Exception) -> None:
        """A database that is away comes back: the wait stays short. One that still refuses after a minute is a failure to be seen."""
        count = self.failures[work.name] = self.failures.get(work.name, 0) + 1
        self._next[work.name] = self.clock() + FIRST_WAIT
        self._good.discard(work.name)
        logger.warning("%s: the database does not answer: %s", work.name, error)
        if count >= AWAY_FOR_LONG:
            states.write_failure(work, count, f"{type(error).__name__}: {error}", FIRST_WAIT)

    def _put_off(self, work: Work, error: Exception) -> None:
        """Each failure in a row doubles the wait."""
        count = self.failures[work.name] = self.failures.get(work.name, 0) + 1
        wait = min(FIRST_WAIT * 2.0 ** (count - 1), LONGEST_WAIT)
        self._next[work.name] = self.clock() + wait
        self._good.discard(work.name)
        logger.error("%s failed (%s in a row); it is tried again in %.0f seconds", work.name, count, wait, exc_info=error)
        states.write_failure(work, count, f"{type(error).__name__}: {error}", wait)

    def _went_well(self, work: Work) -> None:
        if work.every and not work.shared:
            self._next[work.name] = self.clock() + work.every
        if work.shared or work.name not in self._good:
            states.write_success(work)
        self.failures.pop(work.name, None)
        self._good.add(work.name)
