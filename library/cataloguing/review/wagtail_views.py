"""Wagtail's own addresses for deciding a review: bound to the record in the address, and refused in words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CollectWorkflowActionDataView, WorkflowActionView


class OfOwnRecord:
    """Mixin: the step in the address is a step of the record in the address. Wagtail takes any step of any record."""

    def get_task_state(self) -> Any:
        state = super().get_task_state()  # type: ignore[misc]
        if state.workflow_state.object_id != str(self.object.pk):  # type: ignore[attr-defined]
            raise Http404
        return state


class ReviewActionView(OfOwnRecord, WorkflowActionView):
    """Decides by one press, as Wagtail's lists and dialogues do."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form that is refused is told to whoever has no script, too; nothing is decided then."""
        form = self.form_class(request.POST)
        scripted = request.headers.get("x-requested-with") == "XMLHttpRequest"
        refusal = "" if form.is_valid() or scripted else " ".join(error for errors in form.errors.values() for error in errors)
        if not refusal:
            try:
                return self._decide(request, *args, **kwargs)
            except ValidationError as error:
                refusal = " ".join(error.messages)
        messages.error(request, refusal)
        if scripted:
            answer: HttpResponse = self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
            return answer
        return HttpResponse(refusal, status=400, content_type="text/plain; charset=utf-8")

    def _decide(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class CollectReviewDataView(OfOwnRecord, CollectWorkflowActionDataView):
    """The dialogue that asks for the words of a decision."""
