"""The page of one record: shown, refused as if it were not there, or a tombstone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from library.access import WITHDRAWN, can_see
from library.records.models import Record
from library.records.models.identifiers import is_well_formed

from ..presentation.record.context import record_context as page_context
from ..queries import for_page
from .public_view import public_page, reader


@public_page
def record(request: HttpRequest, identifier: str) -> HttpResponse:
    """A record by its permanent name. What the reader may not see does not exist for them; what was withdrawn has a tombstone."""
    leaf = _leaf(request)
    found = for_page(Record.objects.filter(identifier=identifier), leaf).first() if is_well_formed(identifier) else None
    if found is None:
        raise Http404(_("Không có tư liệu mang mã này."))
    if not can_see(reader(request), found):
        return _refused(request, found)
    return render(request, "records/detail.html", record_context(found, request))


def record_context(found: Record, request: HttpRequest) -> dict[str, Any]:
    """What the template needs; the preview in the admin asks for the same (setting RECORD_PREVIEW)."""
    leaf = _leaf(request)
    context = page_context(found, reader(request), leaf)
    if leaf > max([1, *(document.leaves for document in context["record"].files.documents)]):
        raise Http404(_("Tài liệu không có trang này."))
    return context


def _refused(request: HttpRequest, found: Record) -> HttpResponse:
    if found.access_level != WITHDRAWN:
        raise Http404(_("Không có tư liệu mang mã này."))
    tombstone = {"identifier": found.identifier, "withdrawn_at": found.withdrawn_at}
    return render(request, "410.html", tombstone, status=410)


def _leaf(request: HttpRequest) -> int:
    """The page of a document that the address asks for."""
    wanted = request.GET.get("trang", "1")
    if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) == int(wanted)):
        raise Http404(_("Tài liệu không có trang này."))
    return int(wanted)
