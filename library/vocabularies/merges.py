"""Where merged terms lead: from the key or the code of the old term to those of the term that took its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from library.caching.rows import cached

from .models import Term

MERGES = "term-merges"  # in the cache
CACHE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Merges:
    """Old key → new key, and vocabulary and old code → new code; terms that were not merged are in neither."""

    keys: dict[int, int]
    codes: dict[tuple[str, str], str]

    def key(self, key: int) -> int:
        """The key of the term that stands for this one today: its own where it was not merged."""
        return self.keys.get(key, key)

    def code(self, vocabulary: str, code: str) -> str:
        """The code of the term that stands for this one today."""
        return self.codes.get((vocabulary, code), code)


def read_merges() -> Merges:
    """The merges as the database has them now."""
    columns = ("pk", "merged_into_id", "vocabulary__code", "code", "merged_into__code")
    rows = list(Term.objects.filter(state=Term.State.MERGED).order_by().values_list(*columns))
    return Merges(
        {old: new for old, new, *_codes in rows}, {(vocabulary, code): new_code for _old, _new, vocabulary, code, new_code in rows}
    )


def merges() -> Merges:
    """The merges, read once a minute."""
    return cached(MERGES, read_merges, CACHE_SECONDS)


def following_merges(terms: Iterable[Term]) -> dict[str, Term]:
    """Code → term, of terms of one vocabulary; the code of a merged term gives the term that it leads to."""
    rows = list(terms)
    kept_terms = Term.objects.in_bulk([row.merged_into_id for row in rows if row.merged_into_id])
    return {row.code: kept_terms[row.merged_into_id] if row.merged_into_id else row for row in rows}


def term_by_code(vocabulary: str, code: str) -> Term:
    """The term of a code that the program itself names, or the one that it was merged into. Raises Term.DoesNotExist."""
    term = find_term(vocabulary, code)
    if term is None:
        raise Term.DoesNotExist(f"{vocabulary}: {code}")
    return term


def find_term(vocabulary: str, code: str) -> Term | None:
    """As ``term_by_code``; None where there is no such term."""
    term = Term.objects.select_related("merged_into").filter(vocabulary__code=vocabulary, code=code).first()
    return term and (term.merged_into or term)
