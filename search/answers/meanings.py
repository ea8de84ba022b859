"""The words of the peoples' languages that mean what was typed: asked of the index, and read again from the database."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse

from library.access import Viewer
from library.presentation.queries import types_of, visible_records
from library.presentation.word_of_day import KIND
from library.records.models import Record
from library.records.profiles import profile
from library.records.profiles.values import stored_values
from library.vocabularies.models import EthnicGroup

from ..access import access_for
from ..analysis import Keys, keys_of
from ..asking.find import SearchUnavailable, first_answer
from ..engines.base import Hit
from ..indexing.knowledge import lexicon, names
from ..query.clauses import in_full, plan_for
from ..query.plan import FacetFilter
from ..understanding import Mode, mode_of, understand

MOST_WORDS = 120  # records of words that are looked at: some for every people
FIELDS = ("title", "body")
TOLD = frozenset({"headword", "senses"})  # of the profile of a word
LANGUAGES = ("vi", "en")
_BETWEEN_GLOSSES = re.compile(r"[,;/]")
_REMARK = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A meaning in Vietnamese and in English; either may be empty."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as its record has it."""

    pk: int
    identifier: str
    form: str
    language: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class ForeignWord:
    """A word of a language, with the peoples who say it."""

    form: str
    language: str
    meanings: tuple[Meaning, ...]
    groups: tuple[EthnicGroup, ...]
    identifier: str  # of the record

    @property
    def url(self) -> str:
        """The address of its record."""
        return reverse("record", args=[self.identifier])


def meant(words: Sequence[Keys], viewer: Viewer) -> dict[Meaning, list[ForeignWord]]:
    """Meaning → the words that have it, for the meanings that were typed; or those of the word whose form was typed.

    A meaning that ends with what was typed ("water buffalo" for "buffalo") counts where none is the same.
    """
    known = list(_words_with(words, viewer))
    meanings = _meanings(known, words, whole=True) or _meanings(known, words, whole=False)
    if not meanings:
        meanings = [meaning for word in known if _same(words, keys_of(word.form)) for meaning in word.meanings][:1]
        known = [word for meaning in meanings for word in _words_with(keys_of(meaning.vi or meaning.en), viewer)]
    return _with_peoples({meaning: having for meaning in meanings if (having := [word for word in known if meaning in word.meanings])})


def _with_peoples(words: Mapping[Meaning, list[_Word]]) -> dict[Meaning, list[ForeignWord]]:
    """The words with the peoples who say them. Most words that are looked at mean something else, and are not asked for theirs."""
    records = {word.pk for having in words.values() for word in having}
    links = Record.groups.through.objects.filter(record__in=records).order_by("ethnicgroup__code").values_list("record", "ethnicgroup")
    groups, groups_of = EthnicGroup.objects.in_bulk({group for _record, group in links}), defaultdict(list)
    for record, group in links:
        groups_of[record].append(groups[group])
    return {
        meaning: [ForeignWord(word.form, word.language, word.meanings, tuple(groups_of[word.pk]), word.identifier) for word in having]
        for meaning, having in words.items()
    }


def _meanings(known: Sequence[_Word], words: Sequence[Keys], whole: bool) -> list[Meaning]:
    every = dict.fromkeys(meaning for word in known for meaning in word.meanings)
    return [meaning for meaning in every if any(_says(words, gloss, whole) for gloss in _glosses(meaning))]


def _glosses(meaning: Meaning) -> Iterator[list[Keys]]:
    for text in (meaning.vi, meaning.en):
        yield from (keys_of(gloss) for gloss in _BETWEEN_GLOSSES.split(_REMARK.sub("", text)))


def _says(words: Sequence[Keys], gloss: Sequence[Keys], whole: bool) -> bool:
    return _same(words, gloss if whole else gloss[len(gloss) - len(words) :])


def _same(words: Sequence[Keys], gloss: Sequence[Keys]) -> bool:
    """Whether the words are these; a mark that was typed must stand there, one that was not may."""
    full = mode_of(words) is Mode.FULL
    return len(words) == len(gloss) and all(
        typed.exact == own.exact if full or typed.toned else typed.notone == own.notone or (typed.fold == own.fold and not typed.marked)
        for typed, own in zip(words, gloss, strict=True)
    )


def _words_with(words: Sequence[Keys], viewer: Viewer) -> Iterator[_Word]:
    """The records of words in whose title or text the words stand, as far as the viewer may see them."""
    ids = [hit.id for hit in _hits(words, viewer)]
    as_stored = Cast("details", TextField())  # blocks would be made of every word that is looked at
    rows = visible_records(viewer).filter(pk__in=ids).order_by().values_list("pk", "identifier", "record_type", as_stored)
    by_key = {
        pk: (pk, identifier, stored_values(profile(kind), json.loads(details or "[]"), TOLD)) for pk, identifier, kind, details in rows
    }
    for pk in ids:
        if pk in by_key and (word := _word(*by_key[pk])):
            yield word


def _hits(words: Sequence[Keys], viewer: Viewer) -> Sequence[Hit]:
    reading = understand(" ".join(word.written for word in words), lexicon(), names())
    of_words = (FacetFilter("type", tuple(sorted(types_of(KIND)))),)
    plan = replace(in_full(plan_for(reading, FIELDS)), filters=of_words, size=MOST_WORDS, ids_only=True)
    try:
        return first_answer(lambda engine: engine.search(plan, access_for(viewer)).hits)
    except SearchUnavailable:
        return ()


def _word(pk: int, identifier: str, values: Mapping[str, Any]) -> _Word | None:
    headword, senses = values.get("headword", {}), values.get("senses", [])
    meanings = tuple(Meaning(*(sense.get(language, "") for language in LANGUAGES)) for sense in senses)
    return _Word(pk, identifier, headword["text"], headword.get("lang", ""), meanings) if headword and meanings else None
