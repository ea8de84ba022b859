"""Terms are chosen from a list: a vocabulary of a form has some thirty terms, and no officer leafs through them in a window."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, ModelChoiceField, ModelMultipleChoiceField, Select

from library.vocabularies.models import Term


def offer_terms_as_lists(form: Any) -> None:
    """Gives each field for terms a list of the terms of its vocabulary that may be chosen today.

    A term that is stored stays in it: one of another vocabulary, one that is valid no longer.
    """
    fields: dict[str, Any] = form.fields
    of_terms = {name: field for name, field in fields.items() if _holds_terms(field)}
    for name, field in of_terms.items():
        if not isinstance(field, ModelMultipleChoiceField):
            field.widget = Select()
            stored = [getattr(form.instance, f"{name}_id", None)]
        elif isinstance(field.widget, CheckboxSelectMultiple):
            stored = [term.pk for term in getattr(form.instance, name).all()]
        else:  # a picker, which limits itself
            continue
        field.queryset = _with_stored(field.queryset, stored)
        field.label_from_instance = label_of_term


def _holds_terms(field: Any) -> bool:
    return isinstance(field, ModelChoiceField) and field.queryset is not None and field.queryset.model is Term


def _with_stored(terms: QuerySet[Term], stored: list[int | None]) -> QuerySet[Term]:
    keys = [key for key in stored if key is not None]
    offered = terms & Term.objects.offered()
    return (offered | Term.objects.filter(pk__in=keys)) if keys else offered


def label_of_term(term: Term) -> str:
    """How a term stands in a list."""
    return term.choice_label
