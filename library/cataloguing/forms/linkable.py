"""What a record's form may point to, in its rows and in the fields of its profile.

Files the person works with, records the person may see, and what is there already.

Linking a file opens it to whoever may see the record, and a linked record is shown by its title: neither may be had by guessing a key.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.blocks import Block

from library.records.access.files import admin_assets, viewer_of
from library.records.models import Record
from library.records.profiles.blocks import narrowed_choosers
from media_pipeline.models import Asset

CHOOSABLE: Mapping[type[Model], Callable[[Any], QuerySet[Any]]] = {
    Asset: lambda user: admin_assets(user, Asset.objects.all()),
    Record: lambda user: Record.objects.visible_to(viewer_of(user)),
}
LINKS = {"media": ("asset", Asset), "relations": ("target", Record), "people": ("person", Record)}  # rows → their field and its model


def restrict_links(formsets: Mapping[str, Any], user: Any) -> None:
    """Narrows every row's field to what the person may choose; a row keeps what it holds."""
    for rows, (field, model) in LINKS.items():
        if rows not in formsets:
            continue
        for form in (*formsets[rows].forms, formsets[rows].empty_form):
            form.fields[field].queryset = _choosable(model, user, [getattr(form.instance, f"{field}_id")])
            if form.is_bound:
                _forget_unknown(form, field)


def restrict_details(block: Block, record: Record, user: Any) -> None:
    """Narrows every chooser inside the fields of the profile likewise; a record keeps what it holds."""
    held: dict[type[Model], list[str]] = {}
    details = record._meta.get_field("details")
    for model, pk, *_path in details.extract_references(record.details):
        held.setdefault(model, []).append(pk)
    for chooser in narrowed_choosers(block):
        chooser.choosable = _choosable(chooser.model_class, user, held.get(chooser.model_class, []))


def _choosable(model: type[Model], user: Any, held: Sequence[Any]) -> QuerySet[Any]:
    choices = CHOOSABLE[model](user).order_by().values("pk")
    return model._default_manager.filter(Q(pk__in=choices) | Q(pk__in=[pk for pk in held if pk is not None]))


def _forget_unknown(form: Any, field: str) -> None:
    """Empties a key that may not be chosen before anything reads it: a refused form is shown again with the title behind each key."""
    name = form.add_prefix(field)
    given = form.data.get(name, "")
    if given.isdecimal() and not form.fields[field].queryset.filter(pk=given).exists():
        form.data = form.data.copy()
        form.data[name] = ""
