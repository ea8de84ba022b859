"""How complete a record is: what publishing asks, and what of it the form has while somebody types. Stores nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from wagtail.snippets.views.snippets import PreviewOnEditView

from library.records.actions.requirements import requirements
from library.records.profiles import profile

from .new_record import NewRecordMixin


def as_rows(record: Any) -> list[dict[str, Any]]:
    """What publishing asks of the record, for the script of the form."""
    return [{"field": each.field, "part": each.part, "label": each.label, "met": each.met} for each in requirements(record)]


def completeness(record: Any, address: str) -> dict[str, Any]:
    """What the form shows from the start; ``address`` answers for the form as it stands later."""
    return {"url": address, "type": profile(record.record_type).code, "rows": as_rows(record)}


class CompletenessView(PreviewOnEditView):
    """Reads the form as the preview does, and answers what publishing asks. A form with errors gives the errors' turn: no answer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        for field in form.fields.values():
            field.required = False  # what is still empty is what is asked here
        if not self.validate_form(form):
            return JsonResponse({"rows": None})
        form.save(commit=False)
        return JsonResponse({"rows": as_rows(form.instance)})


class CompletenessOfNewView(NewRecordMixin, CompletenessView):
    """The same for a record that is not stored yet."""

    permission_required = "add"

    def get_object(self) -> Any:
        return self.record_of_form()
