"""Files to take away: the template of a type, and the officer's table with what has to be mended."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.records.profiles import all_profiles
from media_pipeline.file_names import disposition

from ..access import imports_of, may_import
from ..columns.template import template_csv, template_workbook
from ..models import Outcome
from ..sheets.writing import write_annotated
from .report import MOST_COPIED, marked_rows, mending_name

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def template(request: HttpRequest, record_type: str, ending: str) -> HttpResponse:
    """The empty table of a type, to fill in."""
    if not may_import(request.user):
        raise PermissionDenied
    own = next((own for own in all_profiles() if own.code == record_type), None)
    if own is None or ending not in ("xlsx", "csv"):
        raise Http404
    name = _("Bảng mẫu %(type)s") % {"type": own.label}
    if ending == "csv":
        answer = HttpResponse(template_csv(record_type), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = disposition(f"{name}.csv", attachment=True)
        return answer
    return _workbook(f"{name}.xlsx", lambda path: template_workbook(record_type, path))


@require_safe
def annotated(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer's table once more, with what has to be mended; with ``con-lai`` only the rows that are not imported.

    A whole table of more than MOST_COPIED rows is not copied: the officer has it herself.
    """
    job = get_object_or_404(imports_of(request.user), pk=pk)
    only_refused = "con-lai" in request.GET
    if not only_refused and job.total > MOST_COPIED:
        raise Http404
    rows = marked_rows(job, only_refused=only_refused)
    stem = Path(job.file_name).stem
    name = _("%(file)s - cần sửa.xlsx") % {"file": stem}
    title = str(Outcome.REFUSE.label if only_refused else _("Tư liệu")).capitalize()
    return _workbook(name, lambda path: write_annotated(path, title, job.header, mending_name(), rows))


def _workbook(name: str, write: Any) -> HttpResponse:
    """A workbook, made in a folder of this request."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write(path)
        answer: Any = FileResponse(path.open("rb"), content_type=WORKBOOK_TYPE)
    answer["Content-Disposition"] = disposition(name, attachment=True)
    return answer
