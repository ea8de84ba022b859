"""Choosing one office: a list while there are few, a field that finds them by typing when there are many."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from media_pipeline.text.folding import fold

from ..models.offices import OfficeQuerySet
from ..scope import managed_offices, offices_in_charge

LONGEST_LIST = 40
MOST_SHOWN = 12

# The word in the address → the offices that the person may choose from.
CHOICES: dict[str, Callable[[Any], OfficeQuerySet]] = {"managed": managed_offices, "in_charge": offices_in_charge}


def matching(offices: OfficeQuerySet, typed: str) -> list[dict[str, Any]]:
    """At most MOST_SHOWN offices whose names hold every typed word, with or without marks; shorter names first."""
    words = fold(typed).split()
    rows = ((fold(name), {"id": pk, "label": f"{name}, {parent}" if parent else name}) for pk, name, parent in _names(offices))
    hits = [(not key.startswith(words[0]), len(key), row) for key, row in rows if all(word in key for word in words)] if words else []
    return [row for _inside, _length, row in sorted(hits, key=lambda hit: hit[:2])[:MOST_SHOWN]]


def _names(offices: OfficeQuerySet) -> Any:
    return offices.values_list("pk", "name_vi", "parent__name_vi")


@require_safe
def pick_office(request: HttpRequest, choices: str) -> JsonResponse:
    """The suggestions for what was typed, as JSON; only offices that the person may choose."""
    if choices not in CHOICES:
        raise Http404
    return JsonResponse({"rows": matching(CHOICES[choices](request.user), request.GET.get("q", "")[:100])})


class OfficePicker(forms.Select):
    """Looks at the offices of its field: up to LONGEST_LIST are a list, more are found by typing."""

    def __init__(self, choices_from: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices_from = choices_from

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        offices = getattr(self.choices, "queryset", None)
        if offices is None or len(offices.order_by()[: LONGEST_LIST + 1].values_list("pk")) <= LONGEST_LIST:
            return super().get_context(name, value, attrs)
        pk = str(value) if str(value).isdecimal() else None
        return {
            "widget": {"name": name, "attrs": self.build_attrs(self.attrs, attrs), "template_name": "cataloguing/picker.html"},
            "url": reverse("offices:pick", args=[self.choices_from]),
            "rows": list(offices.filter(pk=pk).values_list("pk", "name_vi")) if pk else [],
            "single": True,
        }

    @property
    def media(self) -> forms.Media:
        script = forms.Script("admin/authority-picker.js", type="module")  # the browser runs a module after the page is parsed
        return forms.Media(js=[script], css={"all": ["admin/authority-picker.css"]})  # type: ignore[list-item]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        context = self.get_context(name, value, attrs)
        return self._render(context["widget"].get("template_name", self.template_name), context, renderer)  # type: ignore[attr-defined]
