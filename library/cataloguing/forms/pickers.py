"""A form field to pick many authorities by typing a few letters, with or without marks; and the view with its suggestions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from library.accounts.models import Community
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Term
from media_pipeline.text.folding import fold

MOST_SHOWN = 12
CACHE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Pickable:
    """A kind of authority that can be picked: its rows, the label of a row, and other names that find a row."""

    rows: Callable[[], QuerySet[Any]]
    label: Callable[[Any], str]
    also: Callable[[Any], str] = lambda row: ""


def _unit_label(unit: AdminUnit) -> str:
    return f"{unit.label}, {unit.parent.label}" if unit.parent else unit.label


def _units(*levels: str) -> Callable[[], QuerySet[AdminUnit]]:
    return lambda: AdminUnit.objects.filter(level__in=levels).select_related("parent")


def _terms(vocabulary: str) -> Callable[[], QuerySet[Term]]:
    return lambda: Term.objects.filter(vocabulary__code=vocabulary)


def _all_names(group: EthnicGroup) -> str:
    return " ".join(name.name for name in group.names.all())  # with deprecated ones: they are searched, never shown


PICKABLE: dict[str, Pickable] = {
    "group": Pickable(lambda: EthnicGroup.objects.prefetch_related("names"), lambda group: group.name, _all_names),
    "subgroup": Pickable(
        lambda: GroupName.objects.displayable().filter(kind=GroupName.Kind.SUBGROUP).select_related("group"),
        lambda name: f"{name.name} ({name.group.name})",
    ),
    "unit": Pickable(_units(AdminUnit.Level.PROVINCE, AdminUnit.Level.COMMUNE), _unit_label),
    "former_unit": Pickable(_units(AdminUnit.Level.FORMER_PROVINCE, AdminUnit.Level.FORMER_DISTRICT), _unit_label),
    "language": Pickable(_terms("languages"), lambda term: f"{term.label} ({term.code})"),
    "script": Pickable(_terms("scripts"), lambda term: term.label),
    "community": Pickable(lambda: Community.objects.all(), str),
}


def matching(kind: str, typed: str) -> list[dict[str, Any]]:
    """At most MOST_SHOWN rows whose names contain every typed word; those that begin with the first word come first."""
    words = fold(typed).split()
    if not words:
        return []
    hits = [(not key.startswith(words[0]), len(key), row) for key, row in _keys(kind) if all(word in key for word in words)]
    return [row for _inside, _length, row in sorted(hits, key=lambda hit: hit[:2])[:MOST_SHOWN]]


def _keys(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Folded names and row of all rows of a kind. Cached for a minute, because authorities change rarely."""
    cache_key = f"pickable:{kind}:{get_language()}"
    keys: list[tuple[str, dict[str, Any]]] | None = cache.get(cache_key)
    if keys is None:
        pickable = PICKABLE[kind]
        keys = [
            (fold(f"{pickable.label(row)} {pickable.also(row)}"), {"id": row.pk, "label": pickable.label(row)}) for row in pickable.rows()
        ]
        cache.set(cache_key, keys, CACHE_SECONDS)
    return keys


@require_safe
def pick(request: HttpRequest, kind: str) -> JsonResponse:
    """The suggestions for what was typed, as JSON; for staff only (the address is inside the admin)."""
    if kind not in PICKABLE:
        raise Http404
    return JsonResponse({"rows": matching(kind, request.GET.get("q", "")[:100])})


class AuthorityPicker(forms.SelectMultiple):
    """The picked rows as ticked boxes (unticking removes a row), and a text field that finds more."""

    template_name = "cataloguing/picker.html"

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kind = kind

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        pickable = PICKABLE[self.kind]
        keys = [pk for pk in (value or []) if str(pk).isdigit()]
        return {
            "widget": {"name": name, "attrs": self.build_attrs(self.attrs, attrs)},
            "url": reverse("pick_authority", args=[self.kind]),
            "rows": [(row.pk, pickable.label(row)) for row in pickable.rows().filter(pk__in=keys)],
        }

    @property
    def media(self) -> forms.Media:
        script = forms.Script("admin/authority-picker.js", type="module")  # the browser runs a module after the page is parsed
        return forms.Media(js=[script], css={"all": ["admin/authority-picker.css"]})  # type: ignore[list-item]
