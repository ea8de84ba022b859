"""Codes of terms that people add here."""

from django.utils.text import slugify

from media_pipeline.text.folding import fold

from .models import Term

LONGEST_CODE = 50


def free_code(vocabulary_id: int, label: str) -> str:
    """A code made from the label that no other term of the vocabulary has."""
    begin = slugify(fold(label))[:LONGEST_CODE].strip("-") or "thuat-ngu"
    taken = set(Term.objects.filter(vocabulary=vocabulary_id, code__startswith=begin).values_list("code", flat=True))
    numbered = (f"{begin}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (begin, *numbered) if code not in taken)
