"""The card of a meaning: how every people says it, the people whose language was asked for first."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.language.collation import vietnamese_order
from library.lexicon.models import Concept, Word
from library.presentation.wording import Wording, foreign
from library.presentation.words.dictionaries import concept_url, meaning_of
from library.presentation.words.lists import form_of
from library.vocabularies.models import EthnicGroup

from ..analysis import Keys, keys_of
from ..indexing.knowledge import names
from ..understanding import NameHit, Reading, mode_of
from .cards import AnswerCard, Fact, WayOn
from .meanings import meant

MOST_WORDS = 4  # of a meaning
SHOWN_LINES, SHOWN_FORMS = 8, 3
# What stands around a word that is asked for: "từ nước trong tiếng Ba Na", "nước nói thế nào", "word for water in Bahnar".
AROUND = frozenset(
    ["tu", "nghia", "trong", "tieng", "cua", "nguoi", "la", "gi", "noi", "the", "nao", "word", "words", "for", "in", "language"]
)
CLASSIFIERS = frozenset(["con", "cai", "cay", "qua", "trai", "a", "the"])  # before a noun: "con chó" is the dog
OF_WORDS = frozenset(["tu", "tieng", "word", "words", "language"])  # say that a word is asked for


def word_cards(reading: Reading) -> Iterator[AnswerCard]:
    """The cards of the concepts that are the whole query, or all of it but the name of a language."""
    words, peoples = _asked(keys_of(reading.typed))
    if not 0 < len(words) <= MOST_WORDS or any(word.clusters for word in words):
        return
    meanings = meant(words)
    if not meanings and words[0].fold in CLASSIFIERS and len(words) > 1:
        words = words[1:]
        meanings = meant(words)
    for concept, having in meanings.items():
        yield _card(concept, having, words, peoples)


def _asked(words: Sequence[Keys]) -> tuple[Sequence[Keys], list[str]]:
    """The words whose meaning is asked for, and the peoples named beside them; the whole query where nothing stands beside a name."""
    if in_english := _in_english(words):
        return in_english
    hits = names().hits(words, mode_of(words))
    named = {place for hit in hits for place in range(hit.start, hit.end)}
    left = _without_around([word for place, word in enumerate(words) if place not in named])
    if not left or (hits and left[0].fold in AROUND) or not _of_a_language(words, hits):
        return words, []
    return left, [owner.group for hit in hits for owner in hit.owners]


def _of_a_language(words: Sequence[Keys], hits: Sequence[NameHit]) -> bool:
    """Whether the peoples named stand for their languages: "từ nước của người Lào" asks for a word, "múa của người Lào" does not."""
    return any(word.fold in OF_WORDS for word in words) or not any(words[hit.start - 1].fold == "nguoi" for hit in hits if hit.start)


def _in_english(words: Sequence[Keys]) -> tuple[Sequence[Keys], list[str]] | None:
    """The two sides of "water in Bahnar", where the right one names a people."""
    place = next((place for place, word in enumerate(words) if word.fold == "in" and place), 0)
    owners = names().owners_named(words[place + 1 :], mode_of(words)) if place else ()
    return (_without_around(words[:place]), [owner.group for owner in owners]) if owners else None


def _without_around(words: Sequence[Keys]) -> Sequence[Keys]:
    """The words without those that only ask; the last one stays."""
    left = list(words)
    while left and left[0].fold in AROUND and len(left) > 1:
        left = left[1:]
    while left and left[-1].fold in AROUND and len(left) > 1:
        left = left[:-1]
    return left


def _card(concept: Concept, having: Sequence[Word], words: Sequence[Keys], peoples: Sequence[str]) -> AnswerCard:
    return AnswerCard(
        code="word",
        kind=_("Từ trong các tiếng"),
        title=meaning_of(concept),
        url=concept_url(concept),
        opens=_("Mở %(count)s từ") % {"count": len(having)},
        names=_other_names(concept),
        facts=tuple(_facts(having, peoples)),
        ways_on=tuple(_in_vietnamese(concept, words)),
    )


def _other_names(concept: Concept) -> tuple[Wording, ...]:
    """The concept in the language that the page does not speak."""
    return (foreign(concept.label_vi, "vi") if get_language() == "en" else foreign(concept.label_en, "en"),)


def _facts(having: Sequence[Word], peoples: Sequence[str]) -> Iterator[Fact]:
    """A line for each people: its forms, and the dictionary of the first."""
    lines: dict[tuple[str, str], list[Word]] = {}
    for word in having:
        for group in word.list.groups.all():
            lines.setdefault((group.name, group.slug), []).append(word)
    absent = EthnicGroup.objects.filter(slug__in=peoples).exclude(slug__in=[slug for _name, slug in lines])
    yield from (Fact(group.name, _("chưa ghi được từ này")) for group in absent)
    for people, slug in sorted(lines, key=lambda line: (line[1] not in peoples, vietnamese_order(line[0])))[:SHOWN_LINES]:
        said = lines[people, slug]
        forms = {word.form: form_of(word) for word in said}
        shown = format_html_join(", ", "{}", ((form,) for form in list(forms.values())[:SHOWN_FORMS]))
        yield Fact(people, shown, reverse("word-list", args=[said[0].list.code]))


def _in_vietnamese(concept: Concept, words: Sequence[Keys]) -> Iterator[WayOn]:
    """For a word typed in another language: the records that say it in Vietnamese."""
    name = concept.label_vi
    if [word.fold for word in words] != [word.fold for word in keys_of(name)]:
        before, _name, after = (_("Tìm “%(words)s” trong mọi tư liệu") % {"words": name}).partition(name)
        label = format_html("{}{}{}", before, foreign(name, "vi"), after)
        yield WayOn(label, f"{reverse('search')}?{urlencode({'q': name})}")
