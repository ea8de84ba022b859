"""What is said of a word list and of a form wherever they stand."""

import re
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.lexicon.models import Word, WordList
from library.vocabularies.models import EthnicGroup

from ..wording import PHONETIC, Wording, foreign

HERE = "Vietnam"
COUNTRIES: dict[str, Promise] = {
    "Vietnam": gettext_lazy("Việt Nam"),
    "Laos": gettext_lazy("Lào"),
    "Cambodia": gettext_lazy("Campuchia"),
    "China": gettext_lazy("Trung Quốc"),
    "Thailand": gettext_lazy("Thái Lan"),
    "Myanmar": gettext_lazy("Myanmar"),
}
SOURCE_MEANING = "source meaning: "  # before a remark that gives the meaning in the words of the source
SURE = "high"  # recorded in Vietnam, or a language whose home is Vietnam
# Figures, and letters that phonetic writing has and no alphabet taught in Vietnam.
PHONETIC_SIGNS = re.compile("[0-9⁰¹²³⁴⁵⁶⁷⁸⁹ŋæøœðβθχɐ-ɒɔ-ɖɘ-ʔʰ-˿ᵃ-ᶿ]")


@dataclass(frozen=True, slots=True)
class ListLine:
    """A word list as a line: its variety as the source names it, where it was recorded when that is not Vietnam, how many words."""

    variety: Wording
    elsewhere: str
    count: int
    url: str


def lists_of(group: EthnicGroup) -> list[ListLine]:
    """The word lists of a people, the largest first."""
    return [list_line(words, words.size) for words in group.word_lists.annotate(size=Count("words")).order_by("-size", "code")]


def list_line(words: WordList, size: int) -> ListLine:
    """The line of a list of ``size`` words."""
    return ListLine(foreign(words.variety, "en"), elsewhere(words), size, reverse("word-list", args=[words.code]))


def elsewhere(words: WordList) -> str:
    """Where the list was recorded; empty for Vietnam."""
    if words.country == HERE:
        return ""
    if not words.country:
        return _("nguồn không nói nơi ghi")
    return _("ghi ở %(countries)s") % {"countries": ", ".join(str(COUNTRIES.get(name, name)) for name in words.country.split("; "))}


def form_of(word: Word) -> Wording:
    """The form with the language it is in, and that it is written in phonetic letters where it is; its list comes with its language."""
    language = word.list.language.code if word.list.language else "und"
    return foreign(word.form, f"{language}-{PHONETIC}" if PHONETIC_SIGNS.search(word.form) else language)


def remark_of(word: Word) -> Wording | str:
    """What the source or its editor remarks on the word, in English: a meaning that is a little other, where it was borrowed from."""
    return foreign(word.note.removeprefix(SOURCE_MEANING), "en") if word.note else ""
