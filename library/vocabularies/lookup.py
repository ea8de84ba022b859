"""Labels of terms by code, for profiles and pages. Cached for a minute: vocabularies change rarely and every page reads them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import get_language, get_language_info

from library.caching.rows import cached, forget

from .merges import MERGES
from .models import Term, TermLabel, Vocabulary, label_in_list

CACHE_SECONDS = 60
LANGUAGES = "languages"
#: Language code in media files (ISO 639-2) → shorter tag for pages (BCP 47), for the languages of our recordings.
SHORTER_TAGS = {
    "vie": "vi",
    "khm": "km",
    "lao": "lo",
    "tha": "th",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "zho": "zh-hans",
    "chi": "zh-hans",
    "rus": "ru",
    "deu": "de",
    "ger": "de",
    "jpn": "ja",
    "kor": "ko",
}


T = TypeVar("T")
_held: ContextVar[dict[str, Any] | None] = ContextVar("held_term_labels", default=None)  # by the keys of the cache


@contextmanager
def term_labels_read_once() -> Iterator[None]:
    """Inside, each vocabulary is read from the database once: for work over many records, where the cache would answer for each of
    them, and in a worker with labels of a minute ago."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def forget_term_labels() -> None:
    """Clears the cache; the next call reads the vocabularies from the database."""
    codes = Vocabulary.objects.values_list("code", flat=True)
    forget([MERGES, *(key(code) for code in codes for key in (_key, _others_key, _choices_key))])


def term_labels(vocabulary: str) -> dict[str, tuple[str, str]]:
    """Code → Vietnamese and English label of each term of a vocabulary, in its order. The code of a merged term has the labels of
    the term that it leads to."""
    return _once(_key(vocabulary), lambda: _read_labels(vocabulary))


def other_labels(vocabulary: str) -> dict[str, tuple[str, ...]]:
    """Code → what a term is found by beside its two labels, of each term that has more: labels in other languages, other words for it,
    and those of terms that were merged into it."""
    return _once(_others_key(vocabulary), lambda: _read_other_labels(vocabulary))


@dataclass(frozen=True, slots=True)
class TermChoice:
    """A term in a list. ``offered``: whether a new choice may take it today; ``state``: as the term has it."""

    code: str
    label_vi: str
    label_en: str
    state: str
    offered: bool

    @property
    def name(self) -> str:
        """The label in the reader's language."""
        return (self.label_en if get_language() == "en" else "") or self.label_vi

    @property
    def label(self) -> str:
        """The name, and what a person who chooses has to know."""
        return label_in_list(self.name, self.state, offered=self.offered)


def term_rows(vocabulary: str) -> list[TermChoice]:
    """Each term of a vocabulary that a record may have, in its order: all that were not merged into another."""
    return cached(_choices_key(vocabulary), lambda: _read_rows(vocabulary), CACHE_SECONDS)


def term_choices(vocabulary: str) -> list[tuple[str, str]]:
    """Code and label of each term that a record may have, in the reader's language, as form choices."""
    return [(term.code, term.label) for term in term_rows(vocabulary)]


def plain_choices(vocabulary: str) -> list[tuple[str, str]]:
    """As ``term_choices``, without what is only for a person who chooses: for tables that come in and go out."""
    return [(term.code, term.name) for term in term_rows(vocabulary) if term.state != Term.State.REFUSED]


def language_name(tag: str) -> str:
    """The name of a language in the reader's language, by BCP 47 tag or ISO 639 code; the tag itself when the language is unknown."""
    labels, english = term_labels(LANGUAGES), get_language() == "en"
    whole = SHORTER_TAGS.get(tag.lower(), tag.lower())
    for code in (whole, whole.partition("-")[0]):
        if code in labels:
            return labels[code][english]
        try:
            name = str(get_language_info(code)["name_translated"])
        except KeyError:
            continue
        return name if english else name[:1].lower() + name[1:]
    return tag


def _once(key: str, read: Callable[[], T]) -> T:
    """What ``read`` gives: held inside ``term_labels_read_once``, else from the cache."""
    held = _held.get()
    if held is not None:
        if key not in held:
            held[key] = read()
        found: T = held[key]
        return found
    return cached(key, read, CACHE_SECONDS)


def _read_rows(vocabulary: str) -> list[TermChoice]:
    terms = Term.objects.filter(vocabulary__code=vocabulary).exclude(state=Term.State.MERGED)
    offered = set(terms.offered().values_list("pk", flat=True))
    columns = terms.values_list("code", "label_vi", "label_en", "state", "pk")
    return [TermChoice(code, label_vi, label_en, state, pk in offered) for code, label_vi, label_en, state, pk in columns]


def _read_labels(vocabulary: str) -> dict[str, tuple[str, str]]:
    terms = Term.objects.filter(vocabulary__code=vocabulary)
    own = terms.exclude(state=Term.State.MERGED).values_list("code", "label_vi", "label_en")
    merged = terms.filter(state=Term.State.MERGED).values_list("code", "merged_into__label_vi", "merged_into__label_en")
    return {code: (label_vi, label_en or label_vi) for code, label_vi, label_en in [*merged, *own]}


def _read_other_labels(vocabulary: str) -> dict[str, tuple[str, ...]]:
    labels: dict[str, tuple[str, ...]] = {}
    for code, text in TermLabel.objects.filter(term__vocabulary__code=vocabulary).order_by("pk").values_list("term__code", "text"):
        labels[code] = (*labels.get(code, ()), text)
    return labels


def _key(vocabulary: str) -> str:
    return f"term-labels:{vocabulary}"


def _others_key(vocabulary: str) -> str:
    return f"term-other-labels:{vocabulary}"


def _choices_key(vocabulary: str) -> str:
    return f"term-choices:{vocabulary}"
