"""A form field to pick many authorities by typing a few letters, and the view with its suggestions."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .pickable import matching, pickable


@require_safe
def pick(request: HttpRequest, kind: str) -> JsonResponse:
    """The suggestions for what was typed, as JSON; for staff only (the address is inside the admin)."""
    try:
        return JsonResponse({"rows": matching(kind, request.GET.get("q", "")[:100])})
    except KeyError as error:
        raise Http404 from error


def take_only_pickable(form: Any) -> None:
    """Has each field with a picker take what its picker suggests, and what the record has already; nothing else that exists."""
    for name, field in form.fields.items():
        if isinstance(field.widget, AuthorityPicker):
            stored = {row.pk for row in getattr(form.instance, name).all()}
            what = pickable(field.widget.kind)
            suggested = what.offered(what.rows()).order_by().values("pk")
            field.queryset = field.queryset.filter(Q(pk__in=suggested) | Q(pk__in=stored))


class AuthorityPicker(forms.SelectMultiple):
    """The picked rows as ticked boxes (unticking removes a row), and a text field that finds more.

    ``former`` and ``present``: the field beside it for former units, and for what they became; both are filled at once.
    """

    template_name = "cataloguing/picker.html"

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None, former: str = "", present: str = "") -> None:
        super().__init__(attrs)
        self.kind, self.former, self.present = kind, former, present

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {
            "widget": {"name": name, "attrs": self.build_attrs(self.attrs, attrs)},
            "url": reverse("pick_authority", args=[self.kind]),
            "rows": self._rows([str(pk) for pk in value or []]),
            "former": self.former,
            "present": self.present,
        }

    def _rows(self, keys: list[str]) -> list[tuple[Any, str]]:
        """(key, label) of what is picked; what cannot be read stays, with words that say so."""
        what = pickable(self.kind)
        known = [key for key in keys if key.isdecimal()]
        found = {str(row.pk): what.label(row) for row in what.rows().filter(pk__in=known).prefetch_related(*what.related)}
        lost = [(key, _("“%(key)s” không còn trong danh mục; bỏ dấu chọn rồi chọn lại") % {"key": key}) for key in keys if key not in found]
        return [*found.items(), *lost]

    @property
    def media(self) -> forms.Media:
        script = forms.Script("admin/authority-picker.js", type="module")  # the browser runs a module after the page is parsed
        return forms.Media(js=[script], css={"all": ["admin/authority-picker.css"]})  # type: ignore[list-item]


class OnePicker(AuthorityPicker):
    """The same for a field that holds one row."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        keys = [value] if value and not isinstance(value, list) else value
        return super().get_context(name, keys, attrs) | {"single": True}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return next(iter(super().value_from_datadict(data, files, name)), None)
