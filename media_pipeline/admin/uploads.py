"""The admin's pages that take a file: upload, a better copy in place of a file, and the list of the person's uploads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ..errors import MediaError, Refused, Waiting
from ..intake import api, assembly, form_files, uploads
from ..models import Asset, Upload
from .forms import UploadForm
from .rights import require_permission, visible_assets

_State = Upload.State


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One upload in the person's list. ``percent`` and ``left`` (bytes): while it takes bytes."""

    uuid: UUID
    name: str
    label: str
    fingerprint: str
    percent: int | None
    left: int
    expires_at: datetime
    message: str
    ended: bool


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The upload form. A refusal has its own HTTP status and advice."""
    require_permission(request, "add")
    return _receive(request, {"page_title": _("Tải tệp lên")})


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """A better copy of a file: a new upload that takes its place in every record; the old one is kept."""
    require_permission(request, "change")
    old = get_object_or_404(visible_assets(request.user), pk=pk)
    context = {"page_title": _("Thay bằng bản tốt hơn"), "page_subtitle": old.display_name, "replaced": old}
    return _receive(request, context | {"replaces": api.replacement_token(request.user, old)}, old)


@transaction.non_atomic_requests
@require_POST
def cancel(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Close an upload by its sender's wish."""
    require_permission(request, "add")
    upload = get_object_or_404(Upload, uuid=upload_id, user=request.user)
    try:
        uploads.give_up(upload)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("media_admin:add")


def receive_file(user: Any, file: Any, *, replaces: Asset | None = None) -> Upload:
    """Take in a file of a form. Raises Refused, and Waiting when nothing of it could be kept."""
    return assembly.receive_whole(user, file.file, file.name, file.size, mime=file.content_type or "", replaces=replaces)


def kept_message(upload: Upload) -> str:
    """For a file that came whole and that we could not take in yet."""
    return api.waiting_message(Waiting(upload.problem))


def _receive(request: HttpRequest, context: dict[str, Any], replaces: Asset | None = None) -> HttpResponse:
    """Take in one file. A refusal is shown beside the field, with its own HTTP status; a fault of ours says that we are at fault."""
    form = UploadForm()
    error: Refused | Waiting | None = None
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        error = form_files.problem_of(request)
        if not error and form.is_valid():
            try:
                return _answer(request, receive_file(request.user, form.cleaned_data["file"], replaces=replaces))
            except (Refused, Waiting) as problem:
                error = problem
        if error:
            form.errors["file"] = form.error_class([api.form_message(error)])
    context = {"form": form, "uploads": lines(request.user), **context}
    return TemplateResponse(request, "media_pipeline/upload.html", context, status=_status(form, error), headers=_headers(error))


def _status(form: UploadForm, error: Refused | Waiting | None) -> int:
    if error:
        return error.status
    return 422 if form.is_bound else 200


def _headers(error: MediaError | None) -> dict[str, str]:
    return {"Retry-After": str(api.RETRY_AFTER)} if isinstance(error, Waiting) else {}


def _answer(request: HttpRequest, upload: Upload) -> HttpResponse:
    """To the page of the asset; to the list of uploads while the file waits for us."""
    if upload.asset is None:
        messages.warning(request, f"{upload.name}: {kept_message(upload)}")
        return redirect("media_admin:add")
    messages.success(request, _("Đã nhận tệp “%(name)s”.") % {"name": upload.asset.display_name})
    return redirect("media_admin:inspect", upload.asset.pk)


def lines(user: Any) -> list[UploadLine]:
    """The person's uploads that have not ended well: open, being taken in, waiting for us, refused within the last week."""
    shown = Q(state__in=uploads.WHOLE) | Q(state__in=[_State.OPEN, _State.REFUSED], expires_at__gt=timezone.now())
    return [_line(each) for each in Upload.objects.filter(shown, user=user).order_by("pk")]


def _line(upload: Upload) -> UploadLine:
    is_open = upload.state == _State.OPEN
    return UploadLine(
        uuid=upload.uuid,
        name=upload.name,
        label=upload.get_state_display(),
        fingerprint=upload.fingerprint,
        percent=100 * upload.offset // upload.declared_size if is_open else None,
        left=upload.declared_size - upload.offset,
        expires_at=upload.expires_at,
        message=api.message_of(upload),
        ended=upload.state == _State.REFUSED,
    )
