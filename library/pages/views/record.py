"""The page of one record: the record, a 404, or the tombstone of a withdrawn one."""

from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from library.access import WITHDRAWN, can_see
from library.presentation.queries import for_page
from library.records.models import Record
from library.records.models.identifiers import is_well_formed

from ..presentation.record.buying import passport_address
from ..presentation.record.context import record_context as page_context
from ..presentation.record.passport import passport
from .public_view import public_page, request_viewer


@public_page
def record_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """A record by its permanent name: 404 where the viewer may not see it, 410 with a tombstone where it was withdrawn."""
    page_number = _page_number(request)
    record = for_page(Record.objects.filter(identifier=identifier), page_number).first() if is_well_formed(identifier) else None
    if record is None:
        raise Http404(_("Không có tư liệu mang mã này."))
    if not can_see(request_viewer(request), record):
        return _not_visible(request, record)
    return render(request, "records/detail.html", record_context(record, request))


@public_page
@csp_update({"style-src": [NONCE]})  # type: ignore[arg-type]  # django-csp knows no view with arguments
def passport_page(request: HttpRequest, identifier: str, template: str) -> HttpResponse:
    """The passport of a product, or its cards, with the styles in the page.

    It is printed and handed on, so it holds what everybody may see, whoever asks.
    """
    record = for_page(Record.objects.filter(identifier=identifier), 1).first() if is_well_formed(identifier) else None
    if record is None or not passport_address(record):
        if record is not None and record.access_level == WITHDRAWN:
            return _not_visible(request, record)
        raise Http404(_("Không có hộ chiếu mang mã này."))
    return render(request, template, {"passport": passport(record)})


def record_context(record: Record, request: HttpRequest) -> dict[str, Any]:
    """What the template needs."""
    page_number = _page_number(request)
    context = page_context(record, request_viewer(request), page_number)
    if page_number > max([1, *(document.page_count for document in context["record"].files.documents)]):
        raise Http404(_("Tài liệu không có trang này."))
    return context


def _not_visible(request: HttpRequest, record: Record) -> HttpResponse:
    if record.access_level != WITHDRAWN:
        raise Http404(_("Không có tư liệu mang mã này."))
    tombstone = {"identifier": record.identifier, "withdrawn_at": record.withdrawn_at}
    return render(request, "410.html", tombstone, status=410)


def _page_number(request: HttpRequest) -> int:
    """The page of a document that the address names, from 1; 404 where it is no such number."""
    number = request.GET.get("trang", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) == int(number)):
        raise Http404(_("Tài liệu không có trang này."))
    return int(number)
