"""The handbook inside the admin: its list, its pages, and for each record type a page with every field of the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library.records.actions.requirements import REQUIRED_CORE
from library.records.models import Record
from library.records.profiles import all_profiles, profile
from library.records.profiles.help import help_line
from library.records.profiles.schema import Field

from ..forms.help import IN_PROFILE, ONLY_HERE, help_of
from ..forms.panels import EDIT_HANDLER
from .pages import handbook_pages

TITLE = gettext_lazy("Sổ tay")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page of a type says of one field. ``anchor``: its place on the page, which the form's link names."""

    anchor: str
    label: str
    help: str
    required: bool
    choices: tuple[str, ...]
    depth: int


@require_safe
def list_handbook(request: HttpRequest) -> HttpResponse:
    """All pages and all types."""
    return render(request, "cataloguing/handbook/list.html", {"title": TITLE, "pages": handbook_pages(), "profiles": all_profiles()})


@require_safe
def show_handbook_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page. Raises Http404 for a page that there is not."""
    page = next((page for page in handbook_pages() if page.slug == slug), None)
    if page is None:
        raise Http404
    return render(request, "cataloguing/handbook/page.html", {"title": page.title, "page": page})


@require_safe
def show_handbook_of_type(request: HttpRequest, code: str) -> HttpResponse:
    """Every field of the form of a type, with help, example and choices. Raises Http404 for a type that there is not."""
    if code not in {each.code for each in all_profiles()}:
        raise Http404
    own = profile(code)
    context = {"title": own.label, "profile": own, "own": own_entries(own.fields), "core": list(_core_entries())}
    return render(request, "cataloguing/handbook/type.html", context)


def own_entries(fields: tuple[Field, ...], path: str = "", depth: int = 0) -> list[Entry]:
    """The fields of a profile, each followed by its parts."""
    entries: list[Entry] = []
    for field in fields:
        anchor = f"{path}{field.key}"
        entries.append(Entry(anchor, str(field.label), str(help_line(field)), field.required, _choices(field), depth))
        entries += own_entries(field.fields, f"{anchor}-", depth + 1)
    return entries


def _choices(field: Field) -> tuple[str, ...]:
    """The options that the profile itself lists; a vocabulary is looked through in the form."""
    return tuple(str(option.label) for option in field.options)


def _core_entries() -> Iterator[Entry]:
    order = list(_names(EDIT_HANDLER))
    for path in sorted({*IN_PROFILE, *ONLY_HERE} - {"details"}, key=lambda path: (order.index(path.partition(".")[0]), path)):
        yield Entry(path.replace(".", "-"), _label(path), str(help_of(path)), path in REQUIRED_CORE, (), path.count("."))


def _names(panel: Any) -> Iterator[str]:
    """The fields and rows of the form, in its order."""
    name = getattr(panel, "field_name", "") or getattr(panel, "relation_name", "")
    if name:
        yield name
    for child in getattr(panel, "children", ()):
        yield from _names(child)


def _label(path: str) -> str:
    """The name of a core field, of its rows, or of a field of a row (``dates.edtf``)."""
    first, _dot, inner = path.partition(".")
    field: Any = Record._meta.get_field(first)
    if inner:
        field = field.related_model._meta.get_field(inner)
    return str(capfirst(field.related_model._meta.verbose_name_plural if field.auto_created else field.verbose_name))
