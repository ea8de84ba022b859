"""Lists of terms in the fields of a type: all that a record may have are in them, and only those that are offered today are shown."""

from typing import Any

from django import forms

from library.vocabularies.lookup import term_rows


class _OfOneVocabulary:
    """A list whose options that are not offered are hidden; the stylesheet shows those that are chosen."""

    def __init__(self, vocabulary: str) -> None:
        super().__init__(attrs={"data-vocabulary": vocabulary})  # type: ignore[call-arg]
        self.vocabulary = vocabulary

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        groups: list[Any] = super().optgroups(name, value, attrs)  # type: ignore[misc]
        not_offered = {term.code for term in term_rows(self.vocabulary) if not term.offered}
        for _group, options, _index in groups:
            for option in options:
                if option["value"] in not_offered:
                    option["attrs"]["hidden"] = True
        return groups


class OfferedTerm(_OfOneVocabulary, forms.Select):
    """One term."""


class OfferedTerms(_OfOneVocabulary, forms.SelectMultiple):
    """Several terms."""
