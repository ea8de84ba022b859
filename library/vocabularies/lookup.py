"""Labels of terms by code, for profiles and pages: kept a minute a process, for vocabularies change rarely and are read always."""

from django.core.cache import cache
from django.utils.translation import get_language

from .models import Term, Vocabulary

CACHE_SECONDS = 60


def forget_term_labels() -> None:
    """Read the vocabularies anew at the next question."""
    codes = Vocabulary.objects.values_list("code", flat=True)
    cache.delete_many([_key(code) for code in codes])


def term_labels(vocabulary: str) -> dict[str, tuple[str, str]]:
    """Vietnamese and English label of each term of a vocabulary, in its order, by code."""
    labels: dict[str, tuple[str, str]] | None = cache.get(_key(vocabulary))
    if labels is None:
        rows = Term.objects.filter(vocabulary__code=vocabulary).values_list("code", "label_vi", "label_en")
        labels = {code: (label_vi, label_en or label_vi) for code, label_vi, label_en in rows}
        cache.set(_key(vocabulary), labels, CACHE_SECONDS)
    return labels


def term_choices(vocabulary: str) -> list[tuple[str, str]]:
    """Code and label of each term in the reader's language, as form choices."""
    english = get_language() == "en"
    return [(code, label_en if english else label_vi) for code, (label_vi, label_en) in term_labels(vocabulary).items()]


def _key(vocabulary: str) -> str:
    return f"term-labels:{vocabulary}"
