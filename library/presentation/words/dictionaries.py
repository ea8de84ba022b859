"""The dictionary of one list: its words in the order of their letters, by field, with search inside; and the list of all dictionaries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from library.language.collation import vietnamese_order
from library.language.letters import dictionary_order, first_letter, typed_key
from library.lexicon.models import Concept, Word, WordList
from library.vocabularies.models import EthnicGroup, Term

from ..wording import Wording, in_reader_language
from .concepts import family_name
from .lists import PHONETIC_SIGNS, ListLine, form_of, list_line, remark_of
from .sounds import signs_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with its meaning, and the address of the page where every people says it."""

    text: Wording
    meaning: Wording
    remark: Wording | str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The words under one letter."""

    letter: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of meaning with how many words it has; ``here``: it is the one shown."""

    code: str
    label: str
    count: int
    here: bool


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of a list that were asked for, among ``total``; ``remark``: what the source says of every one of them.

    ``signs``: the phonetic letters, marks and figures in its words, each with how to say it; none where the list has no phonetic word.
    """

    letters: list[Letter]
    fields: list[Field]
    shown: int
    total: int
    remark: Wording | str
    signs: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FieldOfConcepts:
    """The concepts of one field: name and address of each."""

    label: str
    concepts: list[tuple[Wording, str]]


@dataclass(frozen=True, slots=True)
class PeopleWithLists:
    """A people and its word lists."""

    name: str
    lists: list[ListLine]


@dataclass(frozen=True, slots=True)
class FamilyWithLists:
    """The peoples of a language family that have word lists."""

    name: str
    peoples: list[PeopleWithLists]


def dictionary(words: WordList, field: str, asked: str) -> Dictionary:
    """The words of a list in one field (all where it is empty) in which each word that was typed stands. One query.

    Raises Http404 for a field that the list has no word in.
    """
    every = list(words.words.select_related("concept__field", "list__language"))
    fields = _fields(every, field)
    if field and not any(each.here for each in fields):
        raise Http404(_("Không có nhóm nghĩa này."))
    found = [word for word in every if field in ("", word.concept.field.code) and _matches(word, asked)]
    found.sort(key=lambda word: dictionary_order(word.form))
    of_all = remark_of(every[0]) if len({word.note for word in every}) == 1 else ""
    letters = [
        Letter(letter, [_entry(word, of_all) for word in under]) for letter, under in groupby(found, lambda word: first_letter(word.form))
    ]
    signs = signs_of(word.form for word in every if PHONETIC_SIGNS.search(word.form))
    return Dictionary(letters, fields, len(found), len(every), of_all, signs)


def concepts_by_field() -> list[FieldOfConcepts]:
    """All concepts, in the order of their file."""
    concepts = sorted(Concept.objects.select_related("field"), key=lambda concept: (concept.field.position, concept.order))
    return [
        FieldOfConcepts(field.label, [(meaning_of(concept), concept_url(concept)) for concept in own])
        for field, own in groupby(concepts, lambda concept: concept.field)
    ]


def lists_by_people() -> list[FamilyWithLists]:
    """All word lists by language family and people, the family of most peoples first. Three queries."""
    sizes = dict(WordList.objects.values_list("pk").annotate(Count("words")).order_by())
    peoples = [people for people in EthnicGroup.objects.prefetch_related("word_lists") if people.word_lists.all()]
    peoples.sort(key=lambda people: (people.family_vi, vietnamese_order(people.name)))
    families = [
        FamilyWithLists(
            name, [PeopleWithLists(people.name, [list_line(words, sizes[words.pk]) for words in people.word_lists.all()]) for people in own]
        )
        for name, own in groupby(peoples, family_name)
    ]
    return sorted(families, key=lambda family: len(family.peoples), reverse=True)


def meaning_of(concept: Concept) -> Wording:
    """What the concept means, in the reader's language."""
    return in_reader_language(concept.label_vi, concept.label_en)


def concept_url(concept: Concept) -> str:
    """The page where every people says it."""
    return reverse("concept", args=[concept.code])


def _fields(words: Iterable[Word], chosen: str) -> list[Field]:
    counts: Counter[Term] = Counter(word.concept.field for word in words)
    return [Field(field.code, field.label, counts[field], field.code == chosen) for field in sorted(counts, key=lambda term: term.position)]


def _matches(word: Word, asked: str) -> bool:
    """Whether each word that was typed begins a word of the form, or of its meaning in Vietnamese or English."""
    if not asked:
        return True
    known = typed_key(f"{word.form} {word.concept.label_vi} {word.concept.label_en} {word.note}").split()
    return all(any(each.startswith(typed) for each in known) for typed in typed_key(asked).split())


def _entry(word: Word, of_all: str) -> Entry:
    return Entry(form_of(word), meaning_of(word.concept), "" if of_all else remark_of(word), concept_url(word.concept))
