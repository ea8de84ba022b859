"""The log of searches without results. Curators turn its rows into name variants. Nothing in it says who searched.

Searches are counted in memory and written down together, beside the reader's request: on SQLite a row would wait for whoever saves.
A process that is killed forgets its last counts; they are a hint, not a record.
"""

import atexit
import logging
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language

from ..models import ZeroResultQuery
from ..request import SearchRequest
from ..understanding import Reading

logger = logging.getLogger(__name__)

MOST_WORDS = 8
MOST_WAITING = 1_000  # different searches
_PERSONAL = re.compile(r"@|\d{6,}")


@dataclass(frozen=True, slots=True)
class _Row:
    day: date
    words: str
    mode: str
    language: str
    facets: str


class Notes:
    """Counts waiting to be written; many threads add, one writes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[_Row] = Counter()
        self._written_at = time.monotonic()

    def add(self, row: _Row) -> None:
        """One more; every so many seconds what waits is written beside the request."""
        with self._lock:
            if len(self._counts) < MOST_WAITING or row in self._counts:
                self._counts[row] += 1
            due = time.monotonic() - self._written_at >= settings.ZERO_RESULTS_WRITTEN_EVERY
            if due:
                self._written_at = time.monotonic()
        if not settings.ZERO_RESULTS_WRITTEN_EVERY:
            self.write_down()
        elif due:
            threading.Thread(target=self._write_aside, name="zero-results", daemon=True).start()

    def write_down(self) -> None:
        """Everything that waits, in one transaction; given back where the database refuses."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        try:
            with transaction.atomic():
                for row, count in counts.items():
                    stored, _ = ZeroResultQuery.objects.get_or_create(**{name: getattr(row, name) for name in row.__slots__})
                    ZeroResultQuery.objects.filter(pk=stored.pk).update(count=F("count") + count)
        except DatabaseError as error:
            logger.warning("Zero-result searches could not be written down and wait: %s", error)
            with self._lock:
                self._counts.update(counts)

    def _write_aside(self) -> None:
        try:
            self.write_down()
        finally:
            connection.close()

    def write_at_exit(self) -> None:
        """What a server that stops in order still holds."""
        if self._counts:
            self._write_aside()


_notes = Notes()
atexit.register(_notes.write_at_exit)


def note(reading: Reading, request: SearchRequest) -> None:
    """Count one search without results, unless its words may be somebody's address, number or letter."""
    if not reading.words or len(reading.words) > MOST_WORDS or _PERSONAL.search(reading.typed):
        return
    words = " ".join(word.written for word in reading.words)[:300]
    facets = " ".join(sorted(request.facets))[:300]
    _notes.add(_Row(timezone.localdate(), words, str(reading.mode), (get_language() or "")[:10], facets))


def forget_old() -> int:
    """Delete rows past the time they are kept."""
    return ZeroResultQuery.objects.outdated(timezone.localdate()).delete()[0]
