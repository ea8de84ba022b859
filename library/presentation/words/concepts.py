"""How every people says one thing: by language family and people, with the provinces and the sources."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language

from library.language.collation import vietnamese_order
from library.lexicon.models import Concept, Word
from library.vocabularies.models import EthnicGroup

from ..authorities import GroupEntry, group_entries
from ..wording import Wording, foreign
from .lists import HERE, elsewhere, form_of, remark_of

Cited = tuple[str, str]  # a citation and its licence


@dataclass(frozen=True, slots=True)
class Form:
    """One word as its source prints it. ``source``: the number of the source."""

    text: Wording
    remark: Wording | str
    variety: Wording
    elsewhere: str
    url: str
    source: int


@dataclass(frozen=True, slots=True)
class People:
    """A people with its words."""

    name: str
    forms: list[Form]


@dataclass(frozen=True, slots=True)
class Family:
    """The peoples of a language family; ``provinces``: codes of those where the peoples live, without peoples that live everywhere."""

    anchor: str
    name: str
    peoples: list[People]
    form_count: int
    provinces: frozenset[str]


@dataclass(frozen=True, slots=True)
class ConceptWords:
    """All words of a concept. The first of ``sources`` has number 1; ``recorded_here``: peoples with a word recorded in Vietnam."""

    families: list[Family]
    sources: list[Cited]
    form_count: int
    people_count: int
    recorded_here: int
    without: list[GroupEntry]


def concept_words(concept: Concept) -> ConceptWords:
    """The words of a concept, the family of most peoples first. Four queries, however many words there are."""
    words = list(concept.words.select_related("list__language").prefetch_related("list__groups__provinces"))
    cited = sorted({(word.list.citation, word.list.licence) for word in words})
    numbers = {source: number for number, source in enumerate(cited, 1)}
    said: dict[EthnicGroup, list[Word]] = defaultdict(list)
    families: dict[str, list[EthnicGroup]] = defaultdict(list)
    for word in words:
        for people in word.list.groups.all():
            said[people].append(word)
    for people in sorted(said, key=lambda each: vietnamese_order(each.name)):
        families[people.family_vi].append(people)
    shown = [_family(peoples, said, numbers) for peoples in families.values()]
    return ConceptWords(
        families=sorted(shown, key=lambda family: len(family.peoples), reverse=True),
        sources=cited,
        form_count=len(words),
        people_count=len(said),
        recorded_here=sum(any(word.list.country == HERE for word in own) for own in said.values()),
        without=group_entries(people for people in EthnicGroup.objects.all() if people not in said),
    )


def family_name(people: EthnicGroup) -> str:
    """The family of a people in the reader's language, its parts joined by a dash."""
    name = people.family_en.split(" (")[0] if get_language() == "en" and people.family_en else people.family_vi
    return name.replace(" - ", "–")


def _family(peoples: list[EthnicGroup], said: dict[EthnicGroup, list[Word]], numbers: dict[Cited, int]) -> Family:
    return Family(
        anchor=slugify(peoples[0].family_en.split(" (")[0]),
        name=family_name(peoples[0]),
        peoples=[People(people.name, [_form(word, numbers) for word in said[people]]) for people in peoples],
        form_count=sum(len(said[people]) for people in peoples),
        provinces=frozenset(unit.code for people in peoples if not people.whole_country for unit in people.provinces.all()),
    )


def _form(word: Word, numbers: dict[Cited, int]) -> Form:
    words = word.list
    return Form(
        text=form_of(word),
        remark=remark_of(word),
        variety=foreign(words.variety, "en"),
        elsewhere=elsewhere(words),
        url=reverse("word-list", args=[words.code]),
        source=numbers[words.citation, words.licence],
    )
