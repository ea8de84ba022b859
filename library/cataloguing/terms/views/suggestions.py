"""Suggesting a term while a record is written, and the page on which a suggestion is decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from library.vocabularies.models import Term, Vocabulary

from ..access import may_decide, require
from ..actions.suggest import approve_term, refuse_term, suggest_term
from ..numbers import numbers_of_records, records_url
from .merge import TermPage


@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """Makes the suggestion; answers its key, code and label for the list that it was missing in, or why it cannot be (400)."""
    vocabulary = get_object_or_404(Vocabulary, code=request.POST.get("vocabulary", ""))
    try:
        term = suggest_term(vocabulary, request.POST.get("label", "")[:300], user=request.user)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return JsonResponse({"id": term.pk, "code": term.code, "label": term.choice_label})


class DecisionForm(forms.Form):
    """The labels to approve it with, or the reason for a refusal."""

    label_vi = forms.CharField(label=gettext_lazy("Nhãn tiếng Việt"), max_length=300)
    label_en = forms.CharField(label=gettext_lazy("Nhãn tiếng Anh"), max_length=300, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do, nếu không nhận"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class DecideTermView(TermPage, FormView):
    """A suggestion: who suggested it, how many records use it; approve it, merge it into another term, or refuse it."""

    template_name = "cataloguing/terms/decide.html"
    page_title = gettext_lazy("Duyệt thuật ngữ")
    form_class = DecisionForm
    term: Term

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_decide(request.user))
        self.term = get_object_or_404(Term.objects.select_related("vocabulary", "suggested_by"), pk=kwargs["pk"])
        if self.term.state != Term.State.SUGGESTED:
            messages.info(request, _("Đề xuất này đã có người quyết định."))
            return redirect("my_work")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_initial(self) -> dict[str, Any]:
        return {"label_vi": self.term.label_vi, "label_en": self.term.label_en}

    def form_valid(self, form: Any) -> HttpResponse:
        words, user = form.cleaned_data, self.request.user
        refused = "refuse" in self.request.POST
        try:
            if refused:
                refuse_term(self.term, words["reason"], user=user)
            else:
                approve_term(self.term, user=user, label_vi=words["label_vi"], label_en=words["label_en"])
        except ValidationError as error:
            form.add_error(None, error) if not hasattr(error, "error_dict") else form.add_error(None, ValidationError(error.messages))
            return self.form_invalid(form)
        sentence = _("Đã từ chối “%(term)s”.") if refused else _("Đã nhận “%(term)s” vào bộ từ vựng.")
        messages.success(self.request, sentence % {"term": words["label_vi"]})
        return redirect("my_work")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = numbers_of_records([self.term], self.request.user).get(self.term.pk, 0)
        return super().get_context_data(**kwargs) | {"term": self.term, "number": number, "records_url": records_url(self.term)}
