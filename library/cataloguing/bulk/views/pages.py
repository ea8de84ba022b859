"""The pages of bulk edits: all of them, and one in the state that it has; and what its buttons do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..access import bulk_edits_of, require_bulk_edit
from ..actions import steps
from ..changes.table import change_of
from ..models import BulkEdit, Outcome, State
from ..presentation import report

PER_PAGE = 20
STEPS: dict[str, Callable[..., None]] = {"run": steps.run, "stop": steps.stop, "undo": steps.undo}


class BulkEditPage(WagtailAdminTemplateMixin, TemplateView):
    """A page about bulk edits, for whoever may change records; those of other offices do not exist."""

    request: HttpRequest
    page_title = _("Các lần sửa hàng loạt")
    header_icon = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_bulk_edit(request.user)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("bulk_edits:index"), "label": self.page_title}]


class BulkEditIndexView(BulkEditPage):
    """All bulk edits that the person may see."""

    template_name = "cataloguing/bulk/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(bulk_edits_of(self.request.user), PER_PAGE).get_page(self.request.GET.get("p"))
        viewer: Any = self.request.user
        edits = [(job, report.title_of(job, viewer.viewer)) for job in page]
        return super().get_context_data(**kwargs) | {"page": page, "edits": edits}


class BulkEditView(BulkEditPage):
    """One bulk edit. What is shown follows from its state."""

    template_name = "cataloguing/bulk/one.html"
    job: BulkEdit

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.job = get_object_or_404(bulk_edits_of(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        heading = gettext("Sửa hàng loạt: %(what)s") % {"what": self._title().what}
        return [*super().get_breadcrumbs_items(), {"url": "", "label": heading}]

    def _title(self) -> report.Title:
        user: Any = self.request.user
        return report.title_of(self.job, user.viewer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"job": self.job, "State": State, "title": self._title()}
        if self.job.at_work:
            return context | {"progress": report.progress(self.job)}
        return context | self._report()

    def _report(self) -> dict[str, Any]:
        job = self.job
        views = [(key, label, number) for key, label in report.VIEWS.items() if (number := report.rows_of(job, key).count())]
        keys = [key for key, _label, _number in views]
        wanted = self.request.GET.get("xem", report.KEPT if job.state == State.UNDONE else "")
        view = wanted if wanted in keys else next(iter(keys), Outcome.CHANGE.value)
        page = Paginator(report.rows_of(job, view), report.ROWS_SHOWN).get_page(self.request.GET.get("p"))
        return {
            "equation": report.equation(job),
            "views": views,
            "view": view,
            "page": page,
            "lines": report.lines_of(job, page, self.request.user),
            "left": job.records.filter(outcome=Outcome.CHANGE, finished=False).count() if job.state == State.CHECKED else 0,
            "written": job.records.filter(finished=True, undone="").count(),
            "kept": report.rows_of(job, report.KEPT).count(),
            "final": (change := change_of(job.change)) is None or change.final,
        }


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Runs, stops or takes back a bulk edit."""
    if step not in STEPS:
        raise Http404
    job = get_object_or_404(bulk_edits_of(request.user), pk=pk)
    try:
        STEPS[step](job, user=request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return redirect(reverse("bulk_edits:one", args=[job.pk]))
