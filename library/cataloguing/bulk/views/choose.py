"""The first page of a bulk edit: what to change in the records that were selected in the list, and to what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from library.records.models import Record

from ..access import require_bulk_edit
from ..actions.steps import begin
from ..actions.work import preview_at_once
from ..changes.change import Change
from ..changes.table import changes_for
from .selection import selection

LIST = "wagtailsnippets_records_record:list"


class BulkEditAction(SnippetBulkAction):
    """The button in the foot of the list of records. It leads to the page below."""

    display_name = _("Sửa hàng loạt…")
    action_type = "bulk_edit"
    aria_label = _("Sửa các tư liệu đã chọn")
    action_priority = 10

    @classproperty
    def models(cls) -> list[type[Record]]:
        return [Record]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return ChooseChangeView.as_view()(request)


class ChangeForm(forms.Form):
    """The fields of one change."""

    stored: Any = None  # the value, once the form is valid

    def __init__(self, change: Change, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.change = change
        self.fields.update(change.fields(user))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.stored = self.change.value(cleaned)
        return cleaned


class ChooseChangeView(WagtailAdminTemplateMixin, FormView):
    """Without a change in the address a list of changes; with one its form. A valid form begins the bulk edit."""

    request: HttpRequest
    template_name = "cataloguing/bulk/choose.html"
    page_title = _("Sửa hàng loạt")
    header_icon = "edit"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require_bulk_edit(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(LIST), "label": _("Tư liệu")},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def changes(self) -> list[Change]:
        """The changes for the types of the selected records."""
        return changes_for(set(selection(self.request).values_list("record_type", flat=True).distinct()))

    @cached_property
    def change(self) -> Change | None:
        """The chosen change."""
        return next((each for each in self.changes if each.code == self.request.GET.get("change")), None)

    def get_form(self, form_class: Any = None) -> Any:
        return ChangeForm(self.change, self.request.user, **self.get_form_kwargs()) if self.change else forms.Form()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if self.change is None or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        try:
            job = begin(selection(request).values_list("pk", flat=True), self.change, form.stored, user=request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_to_response(self.get_context_data(form=form), status=400)
        preview_at_once(job)
        return redirect(reverse("bulk_edits:one", args=[job.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = selection(self.request)
        query = self.request.GET.copy()
        query.pop("change", None)
        return super().get_context_data(**kwargs) | {
            "number": chosen.count(),
            "first": chosen.order_by("pk")[:5],
            "change": self.change,
            "changes": self.changes,
            "query": query.urlencode(),
            "list_url": reverse(LIST),
        }
