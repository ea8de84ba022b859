"""Which files and records a form may link to, in its rows and in the fields of its profile.

These are the files that the person works with, the records that the person may see, and existing links. Whoever may see a record may
see its files, and the title of a linked record is shown: so nobody may link to something by guessing its key.
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
LINKS: Mapping[str, type[Model]] = {"asset": Asset, "target": Record, "person": Record, "record": Record}  # fields of rows that link


def restrict_link_row(form: Any, user: Any) -> None:
    """Limits the link field of one row to what the person may choose; an existing link stays allowed."""
    for field in LINKS.keys() & form.fields.keys():
        form.fields[field].queryset = _choosable(LINKS[field], user, [getattr(form.instance, f"{field}_id")])
        if form.is_bound:
            _clear_refused_key(form, field)


def restrict_details(block: Block, record: Record, user: Any) -> None:
    """Limits every chooser inside the fields of the profile in the same way; existing links stay allowed."""
    linked_keys: dict[type[Model], list[str]] = {}
    details = record._meta.get_field("details")
    for model, pk, *_path in details.extract_references(record.details):
        linked_keys.setdefault(model, []).append(pk)
    for chooser in narrowed_choosers(block):
        chooser.choosable = _choosable(chooser.model_class, user, linked_keys.get(chooser.model_class, []))


def _choosable(model: type[Model], user: Any, linked_keys: Sequence[Any]) -> QuerySet[Any]:
    choices = CHOOSABLE[model](user).order_by().values("pk")
    return model._default_manager.filter(Q(pk__in=choices) | Q(pk__in=[pk for pk in linked_keys if pk is not None]))


def _clear_refused_key(form: Any, field: str) -> None:
    """Clears a key that may not be chosen, before anything reads it: a form with errors shows the title of each key again."""
    name = form.add_prefix(field)
    key = form.data.get(name, "")
    if key.isdecimal() and not form.fields[field].queryset.filter(pk=key).exists():
        form.data = form.data.copy()
        form.data[name] = ""
