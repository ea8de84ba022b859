"""What the rows of a record's form may point to: files the person works with and records the person may see, and what is there already.

Linking a file opens it to whoever may see the record, and a linked record is shown by its title: neither may be had by guessing a key.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from media_pipeline.models import Asset

from .media_access import desk_assets, viewer_of
from .models import Record

# rows → their field, and what a person may choose for it
LINKS: Mapping[str, tuple[str, Callable[[Any], QuerySet[Any]]]] = {
    "media": ("asset", lambda user: desk_assets(user, Asset.objects.all())),
    "relations": ("target", lambda user: Record.objects.visible_to(viewer_of(user))),
    "people": ("person", lambda user: Record.objects.visible_to(viewer_of(user))),
}


def restrict_links(formsets: Mapping[str, Any], user: Any) -> None:
    """Narrows every row's field to what the person may choose; a row keeps what it holds."""
    for rows, (field, allowed) in LINKS.items():
        if rows not in formsets:
            continue
        choices = allowed(user).order_by().values("pk")
        for form in (*formsets[rows].forms, formsets[rows].empty_form):
            held = getattr(form.instance, f"{field}_id")
            model = form.fields[field].queryset.model
            form.fields[field].queryset = model._default_manager.filter(Q(pk__in=choices) | Q(pk=held))
            if form.is_bound:
                _forget_unknown(form, field)


def _forget_unknown(form: Any, field: str) -> None:
    """Empties a key that may not be chosen before anything reads it: a refused form is shown again with the title behind each key."""
    name = form.add_prefix(field)
    given = form.data.get(name, "")
    if given.isdecimal() and not form.fields[field].queryset.filter(pk=given).exists():
        form.data = form.data.copy()
        form.data[name] = ""
