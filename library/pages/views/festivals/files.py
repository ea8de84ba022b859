"""Festivals for the calendar of a reader's telephone (.ics): of one festival, a people, a province, or the whole calendar.

Only what everybody may see: a calendar that follows an address has no account, and keeps what it has read.
"""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from library.access import ANONYMOUS
from library.metadata.calendar_file import CONTENT_TYPE, calendar_file
from library.presentation import queries
from library.presentation.authorities import provinces
from library.presentation.wording import in_reader_language
from library.records.models.identifiers import is_well_formed
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import EthnicGroup

from ...presentation.festivals.calendar_files import calendar_days
from ...queries import festivals as festival_queries
from ...queries.narrowing import in_group, in_province
from ..public_view import public_page

FRESH_SECONDS = 3_600


@public_page
def festival_file(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The next times of one festival."""
    records = queries.visible_records(ANONYMOUS).filter(identifier=identifier) if is_well_formed(identifier) else None
    record = records.only("title_vi", "title_en").first() if records is not None else None
    if records is None or record is None:
        raise Http404(_("Không có tư liệu mang mã này."))
    return _file(request, records, in_reader_language(record.title_vi, record.title_en).plain)


@public_page
def group_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The festivals of a people."""
    group = get_object_or_404(EthnicGroup, slug=slug)
    records = in_group(queries.visible_records(ANONYMOUS), group, walk=True)
    return _file(request, records, _("Lễ hội của người %(name)s") % {"name": group.name})


@public_page
def province_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The festivals in a province."""
    unit = get_object_or_404(provinces(), slug=slug)
    records = in_province(queries.visible_records(ANONYMOUS), unit, walk=True)
    return _file(request, records, _("Lễ hội ở %(name)s") % {"name": unit.label})


@public_page
def whole_file(request: HttpRequest) -> HttpResponseBase:
    """The whole festival calendar."""
    return _file(request, queries.visible_records(ANONYMOUS), _("Lễ hội các dân tộc Việt Nam"))


def _file(request: HttpRequest, records: RecordQuerySet, name: str) -> HttpResponseBase:
    """The file, or 304 for a calendar that has it already."""
    times = [festival_queries.occurrence_of(row) for row in festival_queries.firm_occurrences(records)[: festival_queries.MOST_IN_FILE]]
    festivals = festival_queries.festivals_by_key({pk for pk, _time in times}, ANONYMOUS)
    site = f"{request.scheme}://{request.get_host()}"
    body = calendar_file(name, request.build_absolute_uri(request.path), calendar_days(festivals, times, site))
    answer = HttpResponse(body, content_type=CONTENT_TYPE)
    answer["ETag"] = f'"{sha256(body).hexdigest()[:32]}"'
    answer["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    answer["Content-Disposition"] = 'inline; filename="le-hoi.ics"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
