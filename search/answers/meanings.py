"""The concepts that a query asks for, with the words that the peoples' languages have for them, from the word lists."""

import re
from collections.abc import Sequence
from functools import lru_cache

from library.lexicon.models import Concept, Word
from library.presentation.words.lists import PHONETIC_SIGNS

from ..analysis import Keys, keys_of
from ..understanding import Mode, mode_of

MOST_MEANINGS, MOST_LABELS = 2, 1_000
_BETWEEN_GLOSSES = re.compile(r"[,;/]")
_REMARK = re.compile(r"\([^()]*\)")


def meant(words: Sequence[Keys]) -> dict[Concept, list[Word]]:
    """Concept → its words, for the concepts whose name was typed; or that of the word whose form was typed in phonetic letters.

    A concept whose name ends with what was typed ("water buffalo" for "buffalo") counts where none is the same. The words come with
    their lists, the lists with their language and their peoples. At most four queries.
    """
    every = list(Concept.objects.all())
    concepts = (_named(every, words, whole=True) or _named(every, words, whole=False) or _with_form(words))[:MOST_MEANINGS]
    having: dict[Concept, list[Word]] = {concept: [] for concept in concepts}
    if concepts:
        for word in Word.objects.filter(concept__in=concepts).select_related("list__language").prefetch_related("list__groups"):
            having[next(concept for concept in concepts if concept.pk == word.concept_id)].append(word)
    return {concept: found for concept, found in having.items() if found}


def _named(every: Sequence[Concept], words: Sequence[Keys], whole: bool) -> list[Concept]:
    return [concept for concept in every if any(_says(words, gloss, whole) for gloss in _glosses(concept.label_vi, concept.label_en))]


def _with_form(words: Sequence[Keys]) -> list[Concept]:
    """The concept of the form that was typed. Only phonetic letters: short words of other languages are words of Vietnamese, too."""
    typed = " ".join(word.written for word in words)
    return list(Concept.objects.filter(words__form__iexact=typed).distinct()[:1]) if PHONETIC_SIGNS.search(typed) else []


@lru_cache(maxsize=MOST_LABELS)
def _glosses(*labels: str) -> tuple[list[Keys], ...]:
    """The words of each gloss of these labels: analysed once, since every search asks for all of them."""
    return tuple(keys_of(gloss) for label in labels for gloss in _BETWEEN_GLOSSES.split(_REMARK.sub("", label)))


def _says(words: Sequence[Keys], gloss: Sequence[Keys], whole: bool) -> bool:
    return _same(words, gloss if whole else gloss[len(gloss) - len(words) :])


def _same(words: Sequence[Keys], gloss: Sequence[Keys]) -> bool:
    """Whether the words are these; a mark that was typed must stand there, one that was not may."""
    full = mode_of(words) is Mode.FULL
    return len(words) == len(gloss) and all(
        typed.exact == own.exact if full or typed.toned else typed.notone == own.notone or (typed.fold == own.fold and not typed.marked)
        for typed, own in zip(words, gloss, strict=True)
    )
