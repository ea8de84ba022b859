"""What a page says where nothing was found: which of three reasons it has, and what to try instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse

from library.pages.queries.closed import closed_counts

from ..answers import AnswerCard
from ..asking.find import SearchResult, SearchUnavailable, find_total
from ..asking.relaxing import Relaxation
from ..facets import labels
from ..request import SearchForm
from ..understanding import Mode
from .links import PageLink
from .notices import places_named

MOST_WIDER = 4
KNOWN_THINGS = ("people", "peoples", "province", "former", "commune", "namesakes")  # cards of things that may have no record


@dataclass(frozen=True, slots=True)
class Closed:
    """A people some of whose records only its community sees, as the community allows to be said."""

    people: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Wider:
    """The same search without one condition, and how many records that finds."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing was found: ``closed`` for outsiders, not collected of what is ``known``, or no such thing where both are empty."""

    closed: tuple[Closed, ...]
    known: tuple[PageLink, ...]
    wider: tuple[Wider, ...]
    unmarked: bool  # the query was typed without marks


def nothing_of(result: SearchResult, cards: Sequence[AnswerCard], removals: Iterable[PageLink]) -> Nothing | None:
    """What to say where no record has all that was asked; None where one has, or where a card answers. ``removals`` lead to the
    search without one condition each."""
    found = result.hits and result.relaxation is Relaxation.NOTHING
    if found or any(card.code not in KNOWN_THINGS and not card.guess for card in cards):
        return None
    peoples = list(dict.fromkeys(owner.group for hit in result.reading.names for owner in hit.owners))
    closed = closed_counts(peoples, result.viewer)
    known = {link.label: link for link in _known(result, cards, peoples)}
    if result.hits and not closed and not known:
        return None  # the notice above the partial hits says enough
    return Nothing(
        closed=tuple(Closed(each.group.name, each.count, reverse("group", args=[each.group.slug])) for each in closed),
        known=tuple(known.values()),
        wider=tuple(_wider(result, removals)),
        unmarked=result.reading.mode is Mode.NONE,
    )


def _known(result: SearchResult, cards: Iterable[AnswerCard], peoples: Iterable[str]) -> Iterator[PageLink]:
    """The places and peoples that the query names, with their pages: what the authorities know and nobody has told of yet."""
    for facet, value in places_named(result.reading):
        if label := facet.labels([value]).get(value):
            yield PageLink(label, f"{reverse('search')}?{urlencode({facet.param: value})}")
    for slug, name in labels.peoples(peoples).items():
        yield PageLink(name, reverse("group", args=[slug]))
    yield from (PageLink(card.title.plain, card.url) for card in cards if card.url and not card.guess)


def _wider(result: SearchResult, removals: Iterable[PageLink]) -> Iterator[Wider]:
    """The conditions without which something is found, at most a few are tried."""
    for link in list(removals)[:MOST_WIDER]:
        form = SearchForm(QueryDict(urlsplit(link.url).query))
        if not form.is_valid():
            continue
        try:
            count = find_total(form.request(), result.viewer)
        except SearchUnavailable:
            return
        if count:
            yield Wider(link.label, link.url, count)
