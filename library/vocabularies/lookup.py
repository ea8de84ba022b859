"""Labels of terms by code, for profiles and pages. Cached for a minute: vocabularies change rarely and every page reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.cache import cache
from django.utils.translation import get_language, get_language_info

from .models import Term, Vocabulary

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


_held: ContextVar[dict[str, dict[str, tuple[str, str]]] | None] = ContextVar("held_term_labels", default=None)


@contextmanager
def term_labels_read_once() -> Iterator[None]:
    """Inside, each vocabulary is taken from the cache once: for work over many records, where the cache would answer for each of them."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def forget_term_labels() -> None:
    """Clears the cache; the next call reads the vocabularies from the database."""
    codes = Vocabulary.objects.values_list("code", flat=True)
    cache.delete_many([_key(code) for code in codes])


def term_labels(vocabulary: str) -> dict[str, tuple[str, str]]:
    """Code → Vietnamese and English label of each term of a vocabulary, in its order."""
    held = _held.get()
    if held is None:
        return _cached_labels(vocabulary)
    if vocabulary not in held:
        held[vocabulary] = _cached_labels(vocabulary)
    return held[vocabulary]


def term_choices(vocabulary: str) -> list[tuple[str, str]]:
    """Code and label of each term in the reader's language, as form choices."""
    english = get_language() == "en"
    return [(code, label_en if english else label_vi) for code, (label_vi, label_en) in term_labels(vocabulary).items()]


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


def _cached_labels(vocabulary: str) -> dict[str, tuple[str, str]]:
    labels: dict[str, tuple[str, str]] | None = cache.get(_key(vocabulary))
    if labels is None:
        rows = Term.objects.filter(vocabulary__code=vocabulary).values_list("code", "label_vi", "label_en")
        labels = {code: (label_vi, label_en or label_vi) for code, label_vi, label_en in rows}
        cache.set(_key(vocabulary), labels, CACHE_SECONDS)
    return labels


def _key(vocabulary: str) -> str:
    return f"term-labels:{vocabulary}"
