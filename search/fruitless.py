"""The log of words for which nothing was found: curators turn its rows into name variants. Nothing in it tells who searched."""

import re

from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language

from .models import FruitlessQuery
from .request import SearchRequest
from .understanding import Reading

MOST_WORDS = 8
_PERSONAL = re.compile(r"@|\d{6,}")


def note(reading: Reading, asked: SearchRequest) -> None:
    """Count one fruitless search, unless its words may be somebody's address, number or letter."""
    if not reading.words or len(reading.words) > MOST_WORDS or _PERSONAL.search(reading.typed):
        return
    row, _ = FruitlessQuery.objects.get_or_create(
        day=timezone.localdate(),
        words=" ".join(word.written for word in reading.words)[:300],
        mode=reading.mode,
        language=(get_language() or "")[:10],
        facets=" ".join(sorted(asked.facets))[:300],
    )
    FruitlessQuery.objects.filter(pk=row.pk).update(count=F("count") + 1)


def forget_old() -> int:
    """Delete rows past the time they are kept."""
    return FruitlessQuery.objects.outdated(timezone.localdate()).delete()[0]
