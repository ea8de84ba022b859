"""What readers and packs fetch: the file of an issue, what is new in it, the list of what is withdrawn, the key of the signature."""

import json
from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from library.access import WITHDRAWN
from library.pages.views.public_view import public_page
from library.records.models import Record
from media_pipeline.delivery.file_view import Content, respond

from ..access import is_fetchable
from ..actions.work import MIME
from ..archive import zim
from ..models import PackedRecord, PackIssue
from ..signing import public_key

KEPT = "public, max-age=45"  # seconds: what is withdrawn is hidden everywhere within a minute


@public_page
def whole_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The ZIP of an issue; single ranges, so that a download that breaks off goes on."""
    issue = _issue(pk, number)
    content = Content(issue.stem, MIME, issue.sha256, issue.size, key=issue.key, attachment=f"{issue.stem}.zip")
    return respond(request, content, public=False)


@public_page
def new_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The ZIP of what is new in an issue."""
    issue = _issue(pk, number)
    if not issue.delta_key:
        raise Http404
    name = f"{issue.stem}-moi.zip"
    content = Content(name, MIME, issue.delta_sha256, issue.delta_size, key=issue.delta_key, attachment=name)
    return respond(request, content, public=False)


@public_page
def zim_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The issue as a ZIM file, for Kiwix."""
    issue = _issue(pk, number)
    if not issue.zim_key:
        raise Http404
    name = f"{issue.stem}.zim"
    content = Content(name, zim.MIME, issue.zim_sha256, issue.zim_size, key=issue.zim_key, attachment=name)
    return respond(request, content, public=False)


@public_page
def withdrawn_list(request: HttpRequest) -> HttpResponse:
    """A script that packs read when they meet a network: one assignment of data, harmless wherever it is loaded.

    ``withdrawn``: identifiers that no pack may show. ``closed``: pack → identifier → the last issue that shows too much of it.
    """
    closed: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for pack, identifier, number in PackedRecord.objects.filter(closed_number__gt=0).values_list("pack", "identifier", "closed_number"):
        closed[str(pack)][identifier] = number
    gone = Record.objects.filter(access_level=WITHDRAWN).order_by("identifier").values_list("identifier", flat=True)
    data = json.dumps({"withdrawn": list(gone), "closed": closed}, separators=(",", ":"))
    answer = HttpResponse(f"window.PACK_WITHDRAWN = {data};\n", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = KEPT
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@public_page
def signature_key(request: HttpRequest) -> HttpResponse:
    """The key with which anybody checks the signature of a pack."""
    return HttpResponse(public_key(), content_type="application/x-pem-file")


def _issue(pk: int, number: int) -> PackIssue:
    """The issue, if its file may go out now. Raises Http404."""
    issue = get_object_or_404(PackIssue.objects.select_related("pack"), pack=pk, number=number, number__gt=0)
    if not is_fetchable(issue):
        raise Http404(_("Số này của gói không còn được phát. Hãy xem trang của gói."))
    return issue
