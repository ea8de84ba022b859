"""Counts the requests of a client in the current minute, over all processes: in the shared cache where there is one, else in a file.

While the shared cache does not answer, each machine counts in its own file.
"""

import hashlib
import struct
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from .file_locks import FileLock

MINUTE = 60
PLACES = 65536  # of the file; each holds one client's count
_PLACE = struct.Struct("<8sII")  # who (part of a hash), which minute, how many
_FILE = "counts"


def count_request(who: str, clock: Callable[[], float] = time.time) -> int:
    """How many requests ``who`` has made in this minute, this one included. Clients are kept as hashes, for a minute or two."""
    minute = int(clock()) // MINUTE
    key = hashlib.blake2b(who.encode(), digest_size=16, key=settings.SECRET_KEY.encode()[:64]).digest()
    count = _in_cache(key, minute) if settings.REDIS_URL else None
    return _in_file(settings.REQUEST_LIMITS_DIR, key, minute) if count is None else count


def seconds_left(clock: Callable[[], float] = time.time) -> int:
    """Seconds until the next minute begins, at least one."""
    return MINUTE - int(clock()) % MINUTE


def _in_cache(key: bytes, minute: int) -> int | None:
    """None while the shared cache does not answer."""
    name = f"request-count:{key.hex()}:{minute}"
    cache.add(name, 0, 2 * MINUTE)
    try:
        return cache.incr(name)
    except ValueError:  # nobody answers, or the cache dropped the key between the two calls
        return None


def _in_file(folder: Path, key: bytes, minute: int) -> int:
    """A table of fixed size; of two clients in one place, the later one takes it over."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / _FILE, wait=True)
    try:
        with open(lock.file, "r+b", buffering=0, closefd=False) as file:
            place = int.from_bytes(key[8:], "little") % PLACES * _PLACE.size
            file.seek(place)
            stored = file.read(_PLACE.size)
            known = _PLACE.unpack(stored) if len(stored) == _PLACE.size else (b"", 0, 0)
            count = known[2] + 1 if known[:2] == (key[:8], minute) else 1
            file.seek(place)
            file.write(_PLACE.pack(key[:8], minute, count))
            return count
    finally:
        lock.release()
