"""The cache that several processes and machines share, in Redis. While Redis does not answer the site goes on without it."""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

ASKED_AGAIN = 5.0  # seconds without a question to Redis after it did not answer: no page waits for it again and again
#: Seconds that one question waits. Redis answers in less than a millisecond; without a limit a silent machine holds every page.
TIMEOUTS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


class SharedCache(RedisCache):
    """Django's cache in Redis, but one that does not answer is an empty cache: nothing is found, and nothing is kept.

    ``incr`` raises ValueError then, as for every key that is not there: who counts takes another place (``request_limits/counts.py``).
    """

    silent_until: ClassVar[float] = 0.0  # of the process: Django makes one cache for each thread

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": TIMEOUTS | params.get("OPTIONS", {})})

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().add, False, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._ask(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().touch, False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().delete, False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().get_many, {}, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().has_key, False, *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        count = self._ask(super().incr, None, *args, **kwargs)
        if count is None:
            raise ValueError("Redis does not answer")
        return count

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().set_many, [], *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().delete_many, None, *args, **kwargs)

    def _ask(self, question: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer of Redis, or ``otherwise``. The log says once in ASKED_AGAIN seconds that there is none."""
        if time.monotonic() < SharedCache.silent_until:
            return otherwise
        try:
            return question(*args, **kwargs)
        except RedisError as error:
            SharedCache.silent_until = time.monotonic() + ASKED_AGAIN
            logger.error("The shared cache (REDIS_URL) does not answer; going on without it: %s", error)
            return otherwise
