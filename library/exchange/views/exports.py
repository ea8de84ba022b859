"""The pages of exports: what is exported, in which format, and the person's own exports with their files."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from media_pipeline.delivery.file_view import Content, respond, storage_unavailable
from media_pipeline.file_names import disposition
from media_pipeline.storage.base import StorageError

from ..access import exports_of, require_export
from ..actions.exports import verbs
from ..actions.local_copy import MIME
from ..formats.registry import FORMATS
from ..models import Export
from .export_selection import records_of, selection_in

SHOWN = 20
STEPS: dict[str, Callable[..., None]] = {"stop": verbs.stop, "resume": verbs.resume}


class ExportForm(forms.Form):
    """The format of a new export."""

    format = forms.ChoiceField(
        label=gettext_lazy("Định dạng"),
        choices=lambda: [(each.code, each.label) for each in FORMATS.values()],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


class ExportPage(WagtailAdminTemplateMixin, TemplateView):
    """A page about exports, for whoever works with records."""

    page_title = gettext_lazy("Xuất dữ liệu")
    header_icon = "download"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_export(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("exports:index"), "label": self.page_title}]


class ExportIndexView(ExportPage):
    """The form over the chosen records, and the person's own exports. The address holds what was chosen (``export_selection``)."""

    template_name = "exchange/exports/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        try:
            number = verbs.number_seen(self.request.user, records_of(self.request))
            problem = ""
        except ValidationError as error:
            number, problem = 0, " ".join(error.messages)
        return context | {
            "form": kwargs.get("form") or ExportForm(),
            "formats": FORMATS.values(),
            "number": number,
            "problem": problem,
            "selection": selection_in(self.request.GET),
            "exports": [(each, each.file_name or FORMATS[each.format].label) for each in exports_of(self.request.user)[:SHOWN]],
        }

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Answers with the file itself where there is little to write, else leads to the page of the export."""
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        code = form.cleaned_data["format"]
        try:
            keys = verbs.seen_keys(request.user, records_of(request))
        except ValidationError:
            return self.render_to_response(self.get_context_data(form=form), status=400)
        if verbs.is_small(keys, code):
            try:
                return _at_once(request.user, keys, code)
            except StorageError:
                return storage_unavailable()
        return redirect(reverse("exports:one", args=[verbs.ask(request.user, keys, code).pk]))


class ExportView(ExportPage):
    """One export. What is shown follows from its state."""

    template_name = "exchange/exports/export.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        export = get_object_or_404(exports_of(self.request.user), pk=kwargs["pk"])
        percent = 100 * export.done // export.total if export.total else 0
        return super().get_context_data(**kwargs) | {"export": export, "format": FORMATS[export.format], "percent": percent}


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Stops an export, or lets it go on."""
    if step not in STEPS:
        raise Http404
    export = _export(request, pk)
    try:
        STEPS[step](export, user=request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return redirect(reverse("exports:one", args=[pk]))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Deletes an export with its file."""
    verbs.delete(_export(request, pk), user=request.user)
    return redirect(reverse("exports:index"))


@require_safe
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of an export: single ranges, so that a download that breaks off goes on."""
    export = _export(request, pk)
    try:
        verbs.require_fetch(export, user=request.user)
    except PermissionDenied as error:
        messages.error(request, str(error)) if str(error) else None
        return redirect(reverse("exports:one", args=[pk]))
    content = Content("export", MIME, export.sha256, export.size, key=export.key, attachment=export.file_name)
    return respond(request, content, public=False)


def _export(request: HttpRequest, pk: int) -> Export:
    """The export, of this person. Raises Http404."""
    export: Export = get_object_or_404(exports_of(request.user), pk=pk)
    return export


def _at_once(user: Any, keys: list[int], code: str) -> HttpResponseBase:
    """The file, made in a folder of this request."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        name = verbs.write_now(user, keys, code, path)
        answer: Any = FileResponse(path.open("rb"), content_type=MIME)
    answer["Content-Disposition"] = disposition(name, attachment=True)
    return answer
