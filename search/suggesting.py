"""What a half-typed search may become: names of peoples first, then titles. Learned from nothing a reader may not see."""

from dataclasses import dataclass

from django.urls import reverse

from library.access import Viewer
from library.records.models import Record

from .access import access_for
from .analysis import keys_of
from .engines.base import EngineUnavailable, IndexOutdated
from .engines.registry import engines
from .knowledge import names

SHORTEST = 2  # letters
MOST = 8
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One line under the search field. ``kind``: group or record."""

    kind: str
    label: str
    url: str


def offers(typed: str, viewer: Viewer) -> list[Offer]:
    """What begins like the words typed, the last of which may be half typed."""
    words = [word for word in keys_of(typed) if not word.clusters]
    if sum(len(word.written) for word in words) < SHORTEST:
        return []
    groups = [Offer("group", owner.official, reverse("group", args=[owner.group])) for owner in names().beginning(words, MOST_NAMES)]
    return [*groups, *_titles(typed, viewer, MOST - len(groups))]


def _titles(typed: str, viewer: Viewer, limit: int) -> list[Offer]:
    access = access_for(viewer)
    for engine in engines():
        try:
            found = engine.suggest(typed, access, limit)
        except (EngineUnavailable, IndexOutdated):
            continue
        records = Record.objects.visible_to(viewer).in_bulk([suggestion.id for suggestion in found])
        return [Offer("record", records[s.id].title, records[s.id].get_absolute_url()) for s in found if s.id in records]
    return []
