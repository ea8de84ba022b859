"""One word a day, which explains itself: whose it is, how it sounds, what others say, where it was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.urls import reverse

from library.lexicon.models import Concept, Word

from ..wording import Wording, foreign
from .dictionaries import concept_url, meaning_of
from .lists import HERE, PHONETIC_SIGNS, SURE, elsewhere, form_of
from .sounds import Sound, sound_of

T = TypeVar("T")
GOLDEN_RATIO = 0.6180339887498949
OTHERS = 4
KINH = "vi"  # the language that every reader knows


@dataclass(frozen=True, slots=True)
class WordOfDay:
    """A word, its meaning, the people who speak it, its sound where it is written in phonetic letters, and words of other peoples."""

    word: Wording
    meaning: Wording
    people: str
    variety: Wording
    elsewhere: str
    sound: Sound | None
    others: list[tuple[str, Wording]]
    citation: str
    licence: str
    url: str
    list_url: str


def word_of_day(day: date) -> WordOfDay | None:
    """Another word every day, the same for everyone; None while there are no words. Three queries.

    The points that days take in the order of all concepts go on by the golden ratio, which comes near each in turn.
    """
    point = day.toordinal() * GOLDEN_RATIO % 1
    concept = _at(list(Concept.objects.values_list("pk", flat=True)), point)
    if concept is None:
        return None
    every = Word.objects.filter(concept=concept).select_related("concept", "list__language").prefetch_related("list__groups")
    words = [word for word in every if _language(word) != KINH]
    sure = [word for word in words if word.list.country == HERE and word.list.confidence == SURE]
    told = [word for word in sure if PHONETIC_SIGNS.search(word.form)]  # there is something to explain
    chosen = _at(told or sure or words, point)
    return _shown(chosen, words) if chosen else None


def _shown(chosen: Word, words: Sequence[Word]) -> WordOfDay:
    own = chosen.list
    return WordOfDay(
        word=form_of(chosen),
        meaning=meaning_of(chosen.concept),
        people=_peoples(chosen),
        variety=foreign(own.variety, "en"),
        elsewhere=elsewhere(own),
        sound=sound_of(chosen.form) if PHONETIC_SIGNS.search(chosen.form) else None,
        others=_others(chosen, words),
        citation=own.citation,
        licence=own.licence,
        url=concept_url(chosen.concept),
        list_url=reverse("word-list", args=[own.code]),
    )


def _others(chosen: Word, words: Sequence[Word]) -> list[tuple[str, Wording]]:
    """The first word of some other peoples, far from one another in the order of all."""
    first: dict[str, Word] = {}
    for word in words:
        first.setdefault(_peoples(word), word)
    first.pop(_peoples(chosen), None)
    every = list(first.items())
    step = max(1, len(every) // OTHERS)
    return [(people, form_of(word)) for people, word in every[::step][:OTHERS]]


def _peoples(word: Word) -> str:
    return ", ".join(people.name for people in word.list.groups.all())


def _language(word: Word) -> str:
    return word.list.language.code if word.list.language else ""


def _at(items: Sequence[T], point: float) -> T | None:
    """The item at a point between 0 and 1 of their order; None where there is none."""
    return items[int(point * len(items))] if items else None
