"""Which cards stand above the hits of a search: the most certain answer first, and both where two are meant."""

from collections.abc import Iterable

from ..asking.find import SearchResult
from ..request import SearchRequest
from .cards import AnswerCard
from .decisions import closed_listing_cards, decision_cards
from .guesses import guesses
from .peoples import people_cards
from .records import record_by_code, records_by_title
from .units import commune_cards, named_units, province_cards
from .words import word_cards

LONGEST_NAME = 12  # words; a longer query is a question, not a name


def answers_for(result: SearchResult, request: SearchRequest) -> tuple[AnswerCard, ...]:
    """The cards for the words of a search. None on later pages, and none where the reader narrows what the words found."""
    reading, viewer = result.reading, result.viewer
    aside = request.page > 1 or request.as_typed or request.narrowed or request.cells or request.phrase
    if aside or not 0 < len(reading.words) <= LONGEST_NAME:
        return ()
    units = named_units(reading)
    steps: tuple[tuple[Iterable[AnswerCard], ...], ...] = (
        (record_by_code(reading.typed, viewer), decision_cards(reading, viewer)),
        (people_cards(reading, viewer), province_cards(units, viewer), word_cards(reading)),
        (records_by_title(result), closed_listing_cards(reading, viewer)),
        (commune_cards(units),),
    )
    for kinds in steps:
        if cards := tuple(card for kind in kinds for card in kind):
            return cards
    return guesses(result)
