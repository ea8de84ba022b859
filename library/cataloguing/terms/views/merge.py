"""Merging a term: choose the term to keep, see what would move, press; then how far it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from library.records.terms.uses import unwritten
from library.vocabularies.lookup import LANGUAGES
from library.vocabularies.models import Term, TermMerge

from ...forms.pickable import TERMS
from ...forms.pickers import OnePicker
from ..access import may_merge, require
from ..actions.merge import begin_merge, check_merge, narrower_of, places_of
from ..actions.work import merge_at_once

LIST = "wagtailsnippets_vocabularies_term:list"
EDIT = "wagtailsnippets_vocabularies_term:edit"


class TargetForm(forms.Form):
    """The term to keep, of the same vocabulary."""

    target = forms.ModelChoiceField(queryset=Term.objects.none(), label=gettext_lazy("Giữ lại thuật ngữ nào?"))

    def __init__(self, term: Term, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        target: Any = self.fields["target"]
        target.queryset = Term.objects.filter(vocabulary=term.vocabulary_id).select_related("broader")
        target.widget = OnePicker(f"{TERMS}{term.vocabulary.code}")

    def clean_target(self) -> Term:
        target: Term = self.cleaned_data["target"]
        check_merge(self.term, target)
        return target


class TermPage(WagtailAdminTemplateMixin):
    """A page with its way back to the list of terms."""

    request: HttpRequest
    page_title = gettext_lazy("Gộp thuật ngữ")
    header_icon = "snippet"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(LIST), "label": _("Thuật ngữ")},
            {"url": "", "label": self.page_title},
        ]


class MergeTermView(TermPage, FormView):
    """GET without a target: which term to keep. With one: what would move. POST: merges."""

    template_name = "cataloguing/terms/merge.html"
    form_class = TargetForm
    term: Term

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.term = get_object_or_404(Term.objects.select_related("vocabulary"), pk=kwargs["pk"])
        require(may_merge(request.user, self.term))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_form(self, form_class: Any = None) -> TargetForm:
        data = self.request.POST if self.request.method == "POST" else self.request.GET if "target" in self.request.GET else None
        return TargetForm(self.term, data)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            merge = begin_merge(self.term, form.cleaned_data["target"], user=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        merge_at_once(merge)
        return redirect("term_merge", merge.pk)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"term": self.term}
        form = context["form"]
        if form.is_bound and form.is_valid():
            context |= {"target": form.cleaned_data["target"], "places": places_of(self.term), "narrower": narrower_of(self.term)}
            context |= {"uncounted": unwritten().exists(), "is_tag": self.term.vocabulary.code == LANGUAGES}
        return context


class TermMergeView(TermPage, TemplateView):
    """How far a merge is; when it is done, the list of the vocabulary."""

    template_name = "cataloguing/terms/merging.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user.has_perm("vocabularies.view_term"))  # type: ignore[union-attr]
        merge = get_object_or_404(TermMerge.objects.select_related("old", "new"), pk=kwargs["pk"])
        if not merge.at_work:
            names = {"old": merge.old.label, "new": merge.new.label}
            messages.success(request, _("Đã gộp “%(old)s” vào “%(new)s”.") % names)
            return redirect(f"{reverse(LIST)}?vocabulary={merge.new.vocabulary_id}")
        whole = max(merge.total, merge.done)
        progress = {"done": merge.done, "whole": whole, "percent": round(100 * merge.done / whole) if whole else 0}
        return self.render_to_response(self.get_context_data(merge=merge, progress=progress, **kwargs))
