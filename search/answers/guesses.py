"""The one thing that a misspelt query was near to, asked as a question: a people, a province, a closed listing, the title of a hit."""

from collections.abc import Iterable
from dataclasses import replace

from library.records.models import Record

from ..analysis import keys_of
from ..asking.find import SearchResult, suggested_query
from ..asking.relaxing import Relaxation
from ..indexing.knowledge import lexicon, names, places
from ..understanding import Reading, understand
from ..understanding.keystrokes import spelled
from ..understanding.lexicon import one_edit_apart
from .cards import AnswerCard
from .decisions import closed_listing_cards
from .peoples import people_cards
from .records import LOOKED_AT, name_of, title_cards
from .units import named_units, province_cards

SHORTEST_TITLE = 6  # letters
SHORTEST_KNOWN = 6  # letters of a name that a query may be near to although it found something


def guesses(result: SearchResult) -> tuple[AnswerCard, ...]:
    """The cards of what the query names once its unknown words are repaired, or one letter is changed; empty where that is nothing,
    or more than one thing."""
    repaired = suggested_query(result.reading)
    steps = (
        _named_by(result, [keyed_in := _keyed_in(result.reading)]),
        _named_by(result, [" ".join(word.fold for word in keys_of(keyed_in))]),
        _named_by(result, [repaired]),
        _named_by(result, _near_names(result)),
        _near_titles(result, repaired),
    )
    return tuple(replace(card, guess=True) for card in next(filter(None, steps), []))


def _keyed_in(reading: Reading) -> str:
    """The query as its keys spell it where the Vietnamese keyboard was switched off; empty where they spell nothing else."""
    text = " ".join(spelled(word.written) for word in reading.words)
    return text if keys_of(text) != list(reading.words) else ""


def _near_names(result: SearchResult) -> set[str]:
    """The official names of what the query is near to; a query that found something must be longer to be taken for a slip."""
    words = result.reading.words
    if result.total and result.relaxation is Relaxation.NOTHING and sum(len(word.fold) for word in words) < SHORTEST_KNOWN:
        return set()
    return {owner.official for owner in (*names().owners_near(words), *places().owners_near(words))}


def _named_by(result: SearchResult, texts: Iterable[str]) -> list[AnswerCard]:
    cards = {card.url or card.title.plain: card for text in sorted(filter(None, texts)) for card in _cards(text, result)}
    return list(cards.values()) if len(cards) == 1 else []


def _cards(text: str, result: SearchResult) -> list[AnswerCard]:
    reading: Reading = understand(text, lexicon(), names())
    cards = [*people_cards(reading, result.viewer), *province_cards(named_units(reading), result.viewer)]
    return cards or list(closed_listing_cards(reading, result.viewer))


def _near_titles(result: SearchResult, repaired: str) -> list[AnswerCard]:
    """The records among the first hits whose whole title is one letter away, written together, or what was repaired; of one title."""
    typed, meant = ("".join(name_of(words)) for words in (result.reading.words, keys_of(repaired)))
    near: dict[str, list[Record]] = {}
    for hit in result.hits[:LOOKED_AT]:
        record = result.records[hit.id]
        for title in {"".join(name_of(keys_of(title))) for title in (record.title_vi, record.title_en) if title}:
            if title == meant or (len(typed) >= SHORTEST_TITLE and (title == typed or one_edit_apart(typed, title))):
                near.setdefault(title, []).append(record)
    return list(title_cards(next(iter(near.values())), result.viewer)) if len(near) == 1 else []
