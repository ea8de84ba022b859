"""The concepts that a query asks for, with the words that the peoples' languages have for them, from the word lists."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from library.lexicon.models import Concept, Word
from library.presentation.words.lists import PHONETIC_SIGNS

from ..analysis import Keys, keys_of
from ..understanding import Mode, mode_of

MOST_MEANINGS = 2
_BETWEEN_GLOSSES = re.compile(r"[,;/]")
_REMARK = re.compile(r"\([^()]*\)")


class End(NamedTuple):
    """The last words of a gloss of a concept, or all of them."""

    concept: int
    words: Sequence[Keys]
    whole: bool


def meant(words: Sequence[Keys]) -> dict[Concept, list[Word]]:
    """Concept → its words, for the concepts whose name was typed; or that of the word whose form was typed in phonetic letters.

    A concept whose name ends with what was typed ("water buffalo" for "buffalo") counts where none is the same. The words come with
    their lists, the lists with their language and their peoples. At most five queries.
    """
    ends = _ends(tuple(Concept.objects.values_list("pk", "label_vi", "label_en")))
    having: dict[Concept, list[Word]] = {concept: [] for concept in (_named(ends, words) or _with_form(words))}
    if having:
        for word in Word.objects.filter(concept__in=having).select_related("list__language").prefetch_related("list__groups"):
            having[next(concept for concept in having if concept.pk == word.concept_id)].append(word)
    return {concept: found for concept, found in having.items() if found}


def _named(ends: dict[tuple[str, ...], list[End]], words: Sequence[Keys]) -> list[Concept]:
    """The first concepts with a gloss of these words; where there is none, with a gloss that ends with them."""
    alike = [end for end in ends.get(_folds(words), ()) if _same(words, end.words)]
    keys = dict.fromkeys(end.concept for end in [end for end in alike if end.whole] or alike)
    concepts = Concept.objects.in_bulk([*keys][:MOST_MEANINGS])
    return [concepts[key] for key in keys if key in concepts]


def _with_form(words: Sequence[Keys]) -> list[Concept]:
    """The concept of the form that was typed. Only phonetic letters: short words of other languages are words of Vietnamese, too."""
    typed = " ".join(word.written for word in words)
    return list(Concept.objects.filter(words__form__iexact=typed).distinct()[:1]) if PHONETIC_SIGNS.search(typed) else []


@lru_cache(maxsize=2)  # the concepts of now; in tests those of another database, too
def _ends(labels: tuple[tuple[int, str, str], ...]) -> dict[tuple[str, ...], list[End]]:
    """What every gloss of these concepts (key, Vietnamese and English name) ends with, by its words without marks, in their order."""
    ends: dict[tuple[str, ...], list[End]] = {}
    for concept, *names in labels:
        for gloss in (keys_of(gloss) for name in names for gloss in _BETWEEN_GLOSSES.split(_REMARK.sub("", name))):
            for start in range(len(gloss)):
                ends.setdefault(_folds(gloss[start:]), []).append(End(concept, gloss[start:], whole=not start))
    return ends


def _folds(words: Sequence[Keys]) -> tuple[str, ...]:
    return tuple(word.fold for word in words)


def _same(words: Sequence[Keys], gloss: Sequence[Keys]) -> bool:
    """Whether the words are these; a mark that was typed must stand there, one that was not may."""
    full = mode_of(words) is Mode.FULL
    return len(words) == len(gloss) and all(
        typed.exact == own.exact if full or typed.toned else typed.notone == own.notone or (typed.fold == own.fold and not typed.marked)
        for typed, own in zip(words, gloss, strict=True)
    )
