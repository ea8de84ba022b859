"""Tells workers that there is work. A notification is only a hint: the ``MediaJob`` rows decide, and a lost one costs nothing but time.

Without ``MEDIA_QUEUE_URL`` there are no notifications and workers look at the table every ``MEDIA_LOOK_SECONDS``. With the address of a
Redis server each job puts an entry on the list of its kind there; an idle worker waits on the lists of the kinds that it takes.
The only file that uses Redis.
"""

import logging
import time
from collections.abc import Iterable
from functools import cache
from threading import Event
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from ..models import MediaJob
from ..recipes import RECIPES

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger(__name__)
KEY = "library:media:"
MOST_WAITING = 1000  # notifications of a kind that nobody takes; older jobs are found by looking
FORGOTTEN_AFTER = 3600  # seconds
HEARS_STOP_WITHIN = 3.0  # seconds: a wait on Redis cannot be broken off sooner


def send(jobs: Iterable[MediaJob]) -> None:
    """Send a notification for each job when this transaction is committed. Raises nothing: without Redis the workers look by themselves."""
    kinds = [job.kind for job in jobs]
    if settings.MEDIA_QUEUE_URL and kinds:
        transaction.on_commit(lambda: _push(kinds))


def wait(kinds: list[str] | None, stop: Event) -> None:
    """Return when there may be work of these kinds (names of recipes or kinds of assets; None: any), at the latest when it is time
    to look again, and soon after ``stop`` is set."""
    if not settings.MEDIA_QUEUE_URL:
        stop.wait(settings.MEDIA_LOOK_SECONDS)
        return
    try:
        _listen(_lists(kinds), stop)
    except _redis_errors() as error:
        log.warning("Redis does not answer; this worker looks by itself: %s", error)
        stop.wait(settings.MEDIA_LOOK_SECONDS)


def server_error() -> str:
    """What is wrong with the server of the setting; empty when it answers."""
    try:
        _server(settings.MEDIA_QUEUE_URL).ping()
    except _redis_errors() as error:
        return str(error)
    return ""


def _lists(kinds: list[str] | None) -> list[str]:
    return [KEY + recipe.name for recipe in RECIPES if not kinds or recipe.name in kinds or recipe.kind in kinds]


def _push(kinds: list[str]) -> None:
    try:
        with _server(settings.MEDIA_QUEUE_URL).pipeline(transaction=False) as server:
            for kind in kinds:
                server.lpush(KEY + kind, 1)
                server.ltrim(KEY + kind, 0, MOST_WAITING - 1)
                server.expire(KEY + kind, FORGOTTEN_AFTER)
            server.execute()
    except _redis_errors() as error:
        log.warning("Redis does not take notifications; workers look by themselves: %s", error)


def _listen(lists: list[str], stop: Event) -> None:
    """Until a notification comes, until it is time to look, or until ``stop``."""
    until = time.monotonic() + settings.MEDIA_LOOK_SECONDS
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        if _server(settings.MEDIA_QUEUE_URL).blpop(lists, timeout=min(left, HEARS_STOP_WITHIN)):
            return


@cache
def _server(url: str) -> "Redis":
    from redis import Redis

    return Redis.from_url(url, socket_connect_timeout=1, socket_timeout=HEARS_STOP_WITHIN + 2)


def _redis_errors() -> tuple[type[Exception], ...]:
    from redis import RedisError

    return RedisError, OSError
