"""The words of the peoples' languages that mean what was typed: asked of the index, and read again from the database."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from library.access import Viewer
from library.pages.presentation.word_of_day import KIND
from library.pages.queries import types_of, visible_records
from library.records.models import Record
from library.records.profiles import profile
from library.records.profiles.values import stored_values
from library.vocabularies.models import EthnicGroup

from ..access import access_for
from ..analysis import Keys, keys_of
from ..engines.base import EngineUnavailable, Hit, IndexOutdated
from ..engines.registry import engines
from ..indexing.knowledge import lexicon, names
from ..query.clauses import plan_for
from ..query.plan import FacetFilter
from ..understanding import Mode, mode_of, understand

MOST_WORDS = 300  # records of words that are looked at
FIELDS = ("title", "body")
LANGUAGES = ("vi", "en")
_BETWEEN_GLOSSES = re.compile(r"[,;/]")
_REMARK = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A meaning in Vietnamese and in English; either may be empty."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class ForeignWord:
    """A word of a language, with the peoples who say it and the address of its record."""

    form: str
    language: str
    meanings: tuple[Meaning, ...]
    groups: tuple[EthnicGroup, ...]
    url: str


def meant(words: Sequence[Keys], viewer: Viewer) -> dict[Meaning, list[ForeignWord]]:
    """Meaning → the words that have it, for the meanings that were typed; or those of the word whose form was typed.

    A meaning that ends with what was typed ("water buffalo" for "buffalo") counts where none is the same.
    """
    known = list(_words_with(words, viewer))
    meanings = _meanings(known, words, whole=True) or _meanings(known, words, whole=False)
    if not meanings:
        meanings = [meaning for word in known if _same(words, keys_of(word.form)) for meaning in word.meanings][:1]
        known = [word for meaning in meanings for word in _words_with(keys_of(meaning.vi or meaning.en), viewer)]
    return {meaning: having for meaning in meanings if (having := [word for word in known if meaning in word.meanings])}


def _meanings(known: Sequence[ForeignWord], words: Sequence[Keys], whole: bool) -> list[Meaning]:
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


def _words_with(words: Sequence[Keys], viewer: Viewer) -> Iterator[ForeignWord]:
    """The records of words in whose title or text the words stand, as far as the viewer may see them."""
    ids = [hit.id for hit in _hits(words, viewer)]
    records = visible_records(viewer).filter(pk__in=ids).only("identifier", "record_type", "details").prefetch_related("groups")
    by_key = {record.pk: record for record in records}
    for record in (by_key[pk] for pk in ids if pk in by_key):
        if word := _foreign_word(record):
            yield word


def _hits(words: Sequence[Keys], viewer: Viewer) -> Sequence[Hit]:
    reading = understand(" ".join(word.written for word in words), lexicon(), names())
    of_words = (FacetFilter("type", tuple(sorted(types_of(KIND)))),)
    plan = replace(plan_for(reading, FIELDS), filters=of_words, size=MOST_WORDS, snippets=False)
    for engine in engines():
        try:
            return engine.search(plan, access_for(viewer)).hits
        except (EngineUnavailable, IndexOutdated):
            continue
    return ()


def _foreign_word(record: Record) -> ForeignWord | None:
    values: dict[str, Any] = stored_values(profile(record.record_type), record.details)
    headword, senses = values.get("headword", {}), values.get("senses", [])
    meanings = tuple(Meaning(*(sense.get(language, "") for language in LANGUAGES)) for sense in senses)
    if not headword or not meanings:
        return None
    return ForeignWord(headword["text"], headword.get("lang", ""), meanings, tuple(record.groups.all()), record.get_absolute_url())
