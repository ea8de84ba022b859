"""Resumable upload over HTTP, for the admin's own page and for programs: JSON answers, clear 4xx, never a half file.

POST   uploads/             {"name", "size", "sha256"?, "mime"?} → 201 {"id", "offset", "chunk_bytes", …}
PATCH  uploads/<id>         body: bytes, header Upload-Offset → 200, or 409 with the true offset
GET    uploads/<id>         → where it stands
POST   uploads/<id>/finish  → 201 {"asset", "sha256", "size"}, or 202 while a worker checks a large file
DELETE uploads/<id>         → 204
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ..errors import Refused
from ..models import Asset, Upload
from . import uploads

LARGEST_REQUEST = 16 * 1024  # of the description; bytes come by PATCH

View = Callable[..., HttpResponse]


def _for_uploaders(view: View) -> View:
    """Only people who may add files; a refusal becomes its own status with code and message."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("media_pipeline.add_asset"):
            return JsonResponse({"code": "forbidden"}, status=403)
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return JsonResponse({"code": refusal.code, "message": refusal.message} | _offset(refusal), status=refusal.status)
        except Upload.DoesNotExist:
            return JsonResponse({"code": "not_found"}, status=404)

    return transaction.non_atomic_requests(checked)


def _offset(refusal: Refused) -> dict[str, int]:
    return {"offset": int(refusal.detail)} if refusal.code == "wrong_offset" else {}


def _mine(request: HttpRequest, upload_id: UUID) -> Upload:
    return Upload.objects.select_related("user", "asset").get(uuid=upload_id, user=cast(Any, request.user))


def _upload_json(upload: Upload) -> dict[str, Any]:
    return {
        "id": str(upload.uuid),
        "state": upload.state,
        "offset": upload.offset,
        "size": upload.declared_size,
        "chunk_bytes": uploads.CHUNK_BYTES,
        "expires_at": upload.expires_at.isoformat(),
        "url": reverse("media:upload", args=[upload.uuid]),
        "problem": upload.problem,
        "asset": str(upload.asset.uuid) if upload.asset else None,
    }


@require_POST
@_for_uploaders
def begin(request: HttpRequest) -> HttpResponse:
    """Open an upload."""
    try:
        payload = json.loads(request.read(LARGEST_REQUEST))
        name, size = str(payload["name"]), int(payload["size"])
        sha256, mime = str(payload.get("sha256", "")), str(payload.get("mime", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"code": "bad_request"}, status=400)
    return JsonResponse(_upload_json(uploads.begin(request.user, name, size, sha256=sha256, mime=mime)), status=201)


@require_http_methods(["GET", "PATCH", "DELETE"])
@_for_uploaders
def one(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Where an upload stands; its next bytes; its end."""
    upload = _mine(request, upload_id)
    if request.method == "PATCH":
        offset = request.headers.get("Upload-Offset", "")
        if not offset.isdigit():
            return JsonResponse({"code": "bad_request"}, status=400)
        if int(request.headers.get("Content-Length") or 0) > uploads.LARGEST_CHUNK:
            return JsonResponse({"code": "too_large_file"}, status=413)
        return JsonResponse({"offset": uploads.append(upload, int(offset), cast(BinaryIO, request))})
    if request.method == "DELETE":
        uploads.give_up(upload)
        return HttpResponse(status=204)
    return JsonResponse(_upload_json(upload))


@require_POST
@_for_uploaders
def finish(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take the file in."""
    upload = _mine(request, upload_id)
    asset = uploads.finish(upload)
    if asset is None:
        upload.refresh_from_db()
        return JsonResponse(_upload_json(upload), status=202)
    return JsonResponse(_asset_json(asset), status=201)


def _asset_json(asset: Asset) -> dict[str, Any]:
    return {
        "asset": str(asset.uuid),
        "sha256": asset.original.sha256,
        "size": asset.original.size,
        "page": reverse("media_admin:inspect", args=[asset.pk]),
    }
