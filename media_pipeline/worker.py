"""The loop of a media worker: one task after another until it is asked to stop."""

import time
from collections.abc import Callable
from threading import Event

from django.conf import settings
from django.db import OperationalError, close_old_connections

from .intake.uploads import assemble_next
from .jobs import notify
from .jobs.runner import run_one
from .preservation.fixity import check_next, copy_next
from .preservation.sweeper import sweep

DATABASE_AWAY_SECONDS = 5


def run(stop: Event, *, kinds: list[str] | None = None, once: bool = False, report: Callable[[str], object]) -> None:
    """Work until ``stop`` is set; with ``once`` only until nothing is left to do. ``report`` gets the text of each database error.

    Sweeps once a lease, takes in large uploads, runs jobs of these kinds (recipes or kinds of assets; None: all), makes second copies
    and checks stored files. With nothing to do it waits for a notification and looks again after a few seconds.
    """
    swept = 0.0
    while not stop.is_set():
        close_old_connections()
        try:
            if time.monotonic() - swept > settings.MEDIA_LEASE_SECONDS or not swept:
                sweep()
                swept = time.monotonic()
            worked = assemble_next() or run_one(kinds, stop) or copy_next() or check_next()
        except OperationalError as error:  # the database is away or locked: wait for it, the leases are safe in it
            report(str(error))
            worked = bool(stop.wait(DATABASE_AWAY_SECONDS))
        if not worked:
            if once:
                return
            notify.wait(kinds, stop)
