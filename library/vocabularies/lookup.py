"""Labels of terms by code, for profiles and pages: kept a minute a process, for vocabularies change rarely and are read always."""

from django.core.cache import cache
from django.utils.translation import get_language

from .models import Term

CACHE_SECONDS = 60


def term_labels(vocabulary: str) -> dict[str, tuple[str, str]]:
    """Vietnamese and English label of each term of a vocabulary, in its order, by code."""
    labels: dict[str, tuple[str, str]] | None = cache.get(f"term-labels:{vocabulary}")
    if labels is None:
        rows = Term.objects.filter(vocabulary__code=vocabulary).values_list("code", "label_vi", "label_en")
        labels = {code: (label_vi, label_en or label_vi) for code, label_vi, label_en in rows}
        cache.set(f"term-labels:{vocabulary}", labels, CACHE_SECONDS)
    return labels


def term_choices(vocabulary: str) -> list[tuple[str, str]]:
    """Code and label of each term in the reader's language, as form choices."""
    english = get_language() == "en"
    return [(code, label_en if english else label_vi) for code, (label_vi, label_en) in term_labels(vocabulary).items()]
