"""Every way of writing a term: its code, its labels, other words for it, and what the terms were called that were merged into it."""

from collections.abc import Iterator
from dataclasses import dataclass

from .models import Term, TermLabel


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of writing a term. ``key``, ``code`` and ``label`` are those of the term that stands for it today."""

    vocabulary: str
    written: str
    key: int
    code: str
    label: str


def spellings() -> Iterator[Spelling]:
    """Of all terms that were not refused, the surest first: codes and labels, then other words, then those of merged terms."""
    terms = Term.objects.exclude(state=Term.State.REFUSED)
    columns = ("vocabulary__code", "code", "label_vi", "label_en")
    for vocabulary, code, label_vi, label_en, key in terms.filter(merged_into=None).values_list(*columns, "pk"):
        yield from (Spelling(vocabulary, name, key, code, label_vi) for name in (code, label_vi, label_en) if name)
    labels = TermLabel.objects.filter(term__in=terms.filter(merged_into=None)).order_by("pk")
    for row in labels.values_list("term__vocabulary__code", "text", "term_id", "term__code", "term__label_vi"):
        yield Spelling(*row)
    target = ("merged_into_id", "merged_into__code", "merged_into__label_vi")
    for vocabulary, *names, key, code, label in terms.exclude(merged_into=None).values_list(*columns, *target):
        yield from (Spelling(vocabulary, name, key, code, label) for name in names if name)
