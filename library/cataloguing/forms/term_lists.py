"""Terms are chosen from a list: a vocabulary of a form has some thirty terms, and no officer leafs through them in a window."""

from typing import Any

from django.forms import ModelChoiceField, ModelMultipleChoiceField, Select

from library.vocabularies.models import Term


def offer_terms_as_lists(form: Any) -> None:
    """Gives each field for one term a list of the terms of its vocabulary. A term of another vocabulary that is stored stays in it."""
    for name, field in form.fields.items():
        single = isinstance(field, ModelChoiceField) and not isinstance(field, ModelMultipleChoiceField)
        if single and field.queryset.model is Term:
            stored = getattr(form.instance, f"{name}_id", None)
            field.widget = Select()
            field.queryset = (field.queryset | Term.objects.filter(pk=stored)) if stored else field.queryset.all()
