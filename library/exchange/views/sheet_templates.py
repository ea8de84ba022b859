"""The page of the office's own template of inventory sheets: look at it, replace it, go back to ours."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.log_actions import log

from media_pipeline.file_names import disposition

from ..access import may_change_template, require_export
from ..errors import SheetTemplateError
from ..formats.inventory_sheets import NAMES, our_template
from ..formats.word_templates import check
from ..models import SheetTemplate
from .exports import ExportPage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    """A Word document that was made from ours or by the office itself."""

    file = forms.FileField(label=gettext_lazy("Tệp mẫu (.docx)"), widget=forms.FileInput(attrs={"accept": ".docx"}))

    def clean_file(self) -> Any:
        """The file. Refused, with the reason, where it is no template."""
        file = self.cleaned_data["file"]
        try:
            check(file.read(), NAMES)
        except SheetTemplateError as error:
            raise forms.ValidationError(str(error)) from None
        file.seek(0)
        return file


class SheetTemplateView(ExportPage, FormView):
    """The template that the sheets of the person's office follow, and the names that it may use."""

    template_name = "exchange/exports/sheet_template.html"
    page_title = gettext_lazy("Mẫu phiếu kiểm kê")
    form_class = TemplateForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not may_change_template(user):
            raise PermissionDenied
        if "remove" in request.POST:
            SheetTemplate.objects.filter(office=user.office_id).delete()
            messages.success(request, _("Từ nay phiếu theo mẫu có sẵn."))
            return redirect("exports:sheet_template")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        file = form.cleaned_data["file"]
        SheetTemplate.objects.update_or_create(
            office_id=user.office_id, defaults={"name": file.name[:200], "content": file.read(), "user": user}
        )
        log(user, "exchange.sheet_template", user=user, data={"name": file.name[:200]})
        messages.success(self.request, _("Từ nay phiếu kiểm kê của cơ quan theo mẫu “%(name)s”.") % {"name": file.name})
        return redirect("exports:sheet_template")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "own": _template_of(self.request.user),
            "names": [("{{ " + name + " }}", label) for name, label in NAMES.items()],
            "may_change": may_change_template(self.request.user),
        }


@require_safe
def fetch_template(request: HttpRequest) -> HttpResponse:
    """The template of the office as a file, or ours."""
    require_export(request.user)
    own = _template_of(request.user)
    answer = HttpResponse(bytes(own.content) if own else our_template(), content_type=DOCX)
    answer["Content-Disposition"] = disposition(own.name if own else _("Phiếu kiểm kê.docx"), attachment=True)
    return answer


def _template_of(user: Any) -> SheetTemplate | None:
    return SheetTemplate.objects.filter(office=user.office_id).first() if user.office_id else None
