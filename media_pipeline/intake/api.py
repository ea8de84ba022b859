"""Resumable upload over HTTP, for the admin's own page and for programs: JSON answers, clear 4xx, never a half file.

GET    uploads/             → {"uploads": […]}: the person's open ones
POST   uploads/             {"name", "size", "sha256"?, "mime"?, "fingerprint"?, "replaces"?} → 201 {"id", "offset", "chunk_bytes", …};
                            with the fingerprint of an open upload: that one, at its offset
PATCH  uploads/<id>         body: bytes, headers Upload-Offset and Content-Length → 200, or 409 with the true offset
GET    uploads/<id>         → where it stands
POST   uploads/<id>/finish  → 201 {"asset", "sha256", "size"}, or 202 while a worker checks a large file
DELETE uploads/<id>         → 204

4xx is the file's or the request's fault. 503 and 507 with Retry-After are ours: what was received is kept.
"""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..delivery.policy import may_replace
from ..errors import MediaError, Refused, Waiting, words_for
from ..models import Asset, Upload
from . import assembly, uploads

LARGEST_REQUEST = 16 * 1024  # of the description; bytes come by PATCH
RETRY_AFTER = 10  # seconds
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
_SHA256, _FINGERPRINT = re.compile(r"(?:[0-9A-Fa-f]{64})?", re.ASCII), re.compile(r"[0-9A-Za-z._-]{0,64}", re.ASCII)
_replacement = TimestampSigner(salt="media-replacement")

View = Callable[..., HttpResponse]


class BadRequestError(Exception):
    """The request is malformed."""


def replacement_token(user: Any, asset: Asset) -> str:
    """What lets this person's next upload take the place of an asset: given by the page that has checked the right."""
    return _replacement.sign(f"{user.pk}:{asset.pk}")


def _for_uploaders(view: View) -> View:
    """Only people who may add files; a refusal becomes its own status with code and message, a fault of ours 503 or 507."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not request.user.has_perm("media_pipeline.add_asset"):
                return JsonResponse({"code": "forbidden"}, status=403)
            return view(request, *args, **kwargs)
        except BadRequestError:
            return JsonResponse({"code": "bad_request"}, status=400)
        except Refused as refusal:
            return JsonResponse({"code": refusal.code, "message": refusal.message} | _offset(refusal), status=refusal.status)
        except Waiting as waiting:
            return waiting_answer(waiting)
        except OperationalError:
            return waiting_answer(Waiting("database_away"))
        except Upload.DoesNotExist:
            return JsonResponse({"code": "not_found"}, status=404)

    return transaction.non_atomic_requests(checked)


def waiting_answer(waiting: Waiting) -> JsonResponse:
    """Our fault, in JSON, with the time after which to ask again."""
    body = {"code": waiting.code, "state": "waiting", "message": waiting_message(waiting)}
    return JsonResponse(body, status=waiting.status, headers={"Retry-After": str(RETRY_AFTER)})


def waiting_message(waiting: MediaError) -> str:
    """What keeps us from taking the file, and that nothing is lost."""
    kept = _("Tệp của bạn vẫn còn; máy chủ sẽ tự thử lại.")
    return f"{words_for(waiting.code).what} {kept}"


def form_message(problem: Refused | Waiting) -> str:
    """Why a form's file was not taken; a fault of ours asks to send it again, for nothing of it could be kept."""
    if isinstance(problem, Refused):
        return problem.message
    again = _("Chưa nhận được tệp. Hãy gửi lại sau ít phút.")
    return f"{words_for(problem.code).what} {again}"


def _offset(refusal: Refused) -> dict[str, int]:
    return {"offset": int(refusal.detail)} if refusal.code == "wrong_offset" else {}


def _mine(request: HttpRequest, upload_id: UUID) -> Upload:
    return Upload.objects.select_related("user", "asset", "replaces").get(uuid=upload_id, user=cast(Any, request.user))


def _upload_json(upload: Upload) -> dict[str, Any]:
    return {
        "id": str(upload.uuid),
        "name": upload.name,
        "state": upload.state,
        "offset": upload.offset,
        "size": upload.declared_size,
        "fingerprint": upload.fingerprint,
        "chunk_bytes": uploads.CHUNK_BYTES,
        "expires_at": upload.expires_at.isoformat(),
        "url": reverse("media:upload", args=[upload.uuid]),
        "problem": upload.problem,
        "message": message_of(upload),
        "asset": str(upload.asset.uuid) if upload.asset else None,
    }


def message_of(upload: Upload) -> str:
    """Why it was refused, or what it waits for."""
    if upload.state == Upload.State.WAITING:
        return waiting_message(Waiting(upload.problem))
    return Refused(upload.problem).message if upload.state == Upload.State.REFUSED else ""


@require_http_methods(["GET", "POST"])
@_for_uploaders
def collection(request: HttpRequest) -> HttpResponse:
    """The person's open uploads; a new one."""
    if request.method == "GET":
        return JsonResponse({"uploads": [_upload_json(each) for each in uploads.open_uploads(request.user)]})
    upload = uploads.begin(request.user, **_description(request))
    return JsonResponse(_upload_json(upload), status=201)


def _description(request: HttpRequest) -> dict[str, Any]:
    """What the sender says of the file, every part of the type it should have. Raises BadRequestError."""
    try:
        payload = json.loads(request.read(LARGEST_REQUEST))
        words = {name: payload.get(name, "") for name in ("name", "sha256", "mime", "fingerprint", "replaces")}
        size = payload["size"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequestError from error
    if type(size) is not int or not all(isinstance(value, str) for value in words.values()) or "name" not in payload:
        raise BadRequestError
    if not _SHA256.fullmatch(words["sha256"]) or not _FINGERPRINT.fullmatch(words["fingerprint"]):
        raise BadRequestError
    return words | {"size": size, "replaces": _replaced(request.user, words["replaces"])}


def _replaced(user: Any, token: str) -> Asset | None:
    """The asset that a token names. Raises BadRequestError for a token of somebody else, a false and an old one; Refused when the person
    has lost the right since."""
    if not token:
        return None
    try:
        user_pk, _colon, pk = _replacement.unsign(token, max_age=uploads.KEPT_FOR).partition(":")
    except BadSignature as error:
        raise BadRequestError from error
    asset = Asset.objects.filter(pk=pk).first() if user_pk == str(user.pk) else None
    if asset is None:
        raise BadRequestError
    if not may_replace(user, asset):
        raise Refused("may_not_replace")
    return asset


@require_http_methods(["GET", "PATCH", "DELETE"])
@_for_uploaders
def one(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Where an upload stands; its next bytes; its end."""
    upload = _mine(request, upload_id)
    if request.method == "PATCH":
        return _take_bytes(request, upload)
    if request.method == "DELETE":
        uploads.give_up(upload)
        return HttpResponse(status=204)
    return JsonResponse(_upload_json(upload))


def _take_bytes(request: HttpRequest, upload: Upload) -> HttpResponse:
    length, offset = request.headers.get("Content-Length", ""), request.headers.get("Upload-Offset", "")
    if not length:
        return JsonResponse({"code": "length_required"}, status=411)
    if not _NUMBER.fullmatch(length) or not _NUMBER.fullmatch(offset):
        raise BadRequestError
    if int(length) > uploads.LARGEST_CHUNK:
        return JsonResponse({"code": "too_large_file"}, status=413)
    return JsonResponse({"offset": uploads.append(upload, int(offset), cast(BinaryIO, request))})


@require_POST
@_for_uploaders
def finish(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take the file in."""
    upload = _mine(request, upload_id)
    asset = assembly.finish(upload)
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
