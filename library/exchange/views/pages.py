"""The pages of imports: all imports of the office with the way to a new one, and one import in the state that it has."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from library.records.profiles import all_profiles
from media_pipeline.errors import Waiting
from media_pipeline.intake.form_files import problem_of

from ..access import imports_of, may_import
from ..actions.receive import receive
from ..errors import SheetError
from ..models import Import, State
from ..models.imports import Existing
from . import report

PER_PAGE = 20
RESULTS_SHOWN, KEPT_SHOWN = 10, 50


class NewImportForm(forms.Form):
    """The type and the file of a new import."""

    record_type = forms.ChoiceField(label=gettext_lazy("Loại tư liệu"), choices=lambda: [(own.code, own.label) for own in all_profiles()])
    file = forms.FileField(
        label=gettext_lazy("Bảng, hoặc tệp nén có bảng và ảnh"),
        help_text=gettext_lazy(
            "Tệp .xlsx hoặc .csv; kèm ảnh, tiếng, phim thì nén chung thành .zip. "
            "Gói lưu trữ (BagIt) của một thư viện cùng loại cũng gửi ở đây; gói đã ghi sẵn loại của từng tư liệu."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,.zip"}),
        allow_empty_file=True,
    )


class ImportPage(WagtailAdminTemplateMixin, TemplateView):
    """A page about imports, for whoever may import; those of other offices do not exist."""

    request: HttpRequest
    page_title = gettext_lazy("Nhập dữ liệu")
    header_icon = "table"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The last one is the heading of the page."""
        return [*super().get_breadcrumbs_items(), {"url": reverse("imports:index"), "label": self.page_title}]


class ImportIndexView(ImportPage):
    """All imports of the office, the templates, and the form of a new import."""

    template_name = "exchange/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = Paginator(imports_of(self.request.user), PER_PAGE).get_page(self.request.GET.get("p"))
        return context | {"form": kwargs.get("form") or NewImportForm(), "imports": page, "profiles": all_profiles()}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Takes the file in."""
        form = NewImportForm(request.POST, request.FILES)
        if waiting := problem_of(request):
            form.add_error("file", str(waiting.message))
        if not form.is_valid():
            return self._again(form, 400)
        user: Any = request.user
        sent = form.cleaned_data["file"]
        try:
            job = receive(user, user.office, form.cleaned_data["record_type"], sent, sent.name)
        except SheetError as error:
            form.add_error("file", error.message)
            return self._again(form, 400)
        except Waiting as waiting:
            form.add_error("file", str(waiting.message))
            return self._again(form, waiting.status)
        return redirect(reverse("imports:one", args=[job.pk]))

    def _again(self, form: forms.Form, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class ImportView(ImportPage):
    """One import. What is shown follows from its state."""

    template_name = "exchange/import.html"
    job: Import

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.job = get_object_or_404(imports_of(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.job.file_name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.job
        context = super().get_context_data(**kwargs) | {"job": job, "State": State}
        if job.at_work:
            return context | {"progress": report.progress(job)}
        if job.state == State.MAPPING:
            return context | {"matches": report.match_rows(job), "choices": report.choices_of(job), "existing": Existing.choices}
        return context | self._report()

    def _report(self) -> dict[str, Any]:
        view = self.request.GET.get("xem", "")
        view = view if view in report.VIEWS else "refused"
        page = Paginator(report.rows_of(self.job, view), report.ROWS_SHOWN).get_page(self.request.GET.get("p"))
        left = self.job.rows.filter(finished=False, outcome__in=("create", "update")).count()
        kept = self.job.records.exclude(undone__in=("", "undone"))[:KEPT_SHOWN]
        results = self.job.records.filter(undone="")[:RESULTS_SHOWN]
        return {
            "equation": report.equation(self.job),
            "views": [(key, label, report.rows_of(self.job, key).count()) for key, label in report.VIEWS.items()],
            "view": view,
            "page": page,
            "lines": report.lines_of(self.job, list(page), view),
            "left": left,
            "written": self.job.records.filter(undone="").count(),
            "results": report.results_of(results, self.request.user),
            "kept": report.results_of(kept, self.request.user),
            "whole_copy": self.job.total <= report.MOST_COPIED,
            "mendable": self.job.state in (State.CHECKED, State.DONE) and not self.job.bag,
        }


def told(request: HttpRequest, sentences: list[str]) -> None:
    """Shows what hindered an action, on the next page."""
    for sentence in sentences:
        messages.error(request, sentence)


def said(request: HttpRequest) -> None:
    """Says that a row was checked again."""
    messages.success(request, _("Đã kiểm tra lại dòng này."))
