"""The media door: every byte of every asset passes here, and the one access policy is asked for every answer.

No right is answered like no file: 404, a short one that costs no page and no further query. The policy is a dotted name in
settings, ``may_read(user, asset, name) -> bool``; its answers are kept for at most 15 seconds, so that a change is closed
everywhere within a minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import derivative_names as names
from ..file_names import EXTENSIONS, disposition
from ..models import Asset, Derivative
from ..storage import main_storage
from ..storage.base import StorageError
from ..tracks import segments
from .ranges import Range, UnsatisfiableRangeError, parse_range

DECISION_SECONDS = 15
PUBLIC_SECONDS, SHARED_SECONDS = 45, 45  # with the remembered decision before it: a minute at most
INNER_FOLDER, INNER_BUCKET = "/_media/", "/_s3"  # of the web server; nobody outside can ask for them
SIGNED, SIGNED_SECONDS = 307, 45


@dataclass(frozen=True, slots=True)
class Served:
    """One thing behind an address: where its bytes are, or the bytes themselves (tracks)."""

    name: str
    mime: str
    etag: str
    size: int
    key: str = ""
    body: bytes = b""
    attachment: str = ""  # the name to save it under; originals are never shown in place


@transaction.non_atomic_requests
@require_safe
def file(request: HttpRequest, asset_uuid: UUID, file_name: str) -> HttpResponseBase:
    """One derivative, track or original; single ranges, conditional requests, HEAD."""
    name, _dot, extension = file_name.rpartition(".")
    asset = readable_asset(request, asset_uuid, name)
    served = _find(asset, name, extension) if asset else None
    if asset is None or served is None:
        return not_found()
    return served_answer(request, served, public=may_read(AnonymousUser(), asset, name))


def readable_asset(request: HttpRequest, asset_uuid: UUID, name: str) -> Asset | None:
    """The asset, if this person may read this name of it now."""
    asset = Asset.objects.select_related("original").filter(uuid=asset_uuid).exclude(state=Asset.State.WITHDRAWN).first()
    return asset if asset and may_read(request.user, asset, name) else None


def served_answer(request: HttpRequest, served: Served, *, public: bool) -> HttpResponseBase:
    """The whole answer for something that may be read."""
    answer = _answer(request, served, public=public)
    lasting = public and answer.status_code != SIGNED  # a signed address ends before a cache would ask again
    return answer if answer.status_code in {404, 503} else _with_headers(answer, served, public=lasting)


def may_read(user: Any, asset: Asset, name: str) -> bool:
    """The policy's answer, remembered for a few seconds."""
    key = f"media-access:{asset.uuid}:{name}:{getattr(user, 'pk', None)}"
    remembered = cache.get(key)
    if remembered is None:
        remembered = bool(import_string(settings.MEDIA_ACCESS_POLICY)(user, asset, name))
        cache.set(key, remembered, DECISION_SECONDS)
    return bool(remembered)


def not_found() -> HttpResponse:
    """What there is not, and what may not be seen: the same answer."""
    return HttpResponseNotFound(_("Không có tệp này."), content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def storage_unavailable() -> HttpResponse:
    """The bytes are there, but their storage does not answer now."""
    words = _("Kho tệp đang không trả lời. Hãy thử lại sau ít phút.")
    return HttpResponse(
        words, status=503, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store", "Retry-After": "60"}
    )


def _find(asset: Asset, name: str, extension: str) -> Served | None:
    """What the address names; a wrong extension is a wrong address."""
    if names.is_text_track(name):
        return _track(asset, name, extension)
    found = _original(asset) if name == names.ORIGINAL else _derivative(asset, name)
    return found if found and EXTENSIONS.get(found.mime) == extension else None


def _original(asset: Asset) -> Served:
    blob = asset.original
    return Served(names.ORIGINAL, blob.mime, blob.sha256, blob.size, key=blob.key, attachment=asset.name_as_given)


def _derivative(asset: Asset, name: str) -> Served | None:
    current = Derivative.objects.select_related("blob").filter(asset=asset, name=name, state=Derivative.State.CURRENT).first()
    if current is None:
        return None
    return Served(name, current.mime, current.blob.sha256, current.size_bytes, key=current.blob.key)


def _track(asset: Asset, name: str, extension: str) -> Served | None:
    key = names.read_text_track(name)
    track = asset.tracks.filter(pk=key).first() if key is not None else None
    written = track and segments.as_file(track, extension)
    if not written:
        return None
    body, mime = written
    return Served(name, mime, segments.fingerprint(body), len(body), body=body)


def _answer(request: HttpRequest, served: Served, *, public: bool) -> HttpResponseBase:
    etag = f'"{served.etag}"'
    if _matches(request.headers.get("If-None-Match", ""), etag):
        return HttpResponse(status=304)
    asked = request.headers.get("Range", "")
    if (only_if := request.headers.get("If-Range")) and only_if != etag:
        asked = ""
    try:
        wanted = parse_range(asked, served.size)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{served.size}"})
    return DELIVERY_METHODS[settings.MEDIA_DELIVERY if served.key else "app"](request, served, wanted, public)


def _matches(header: str, etag: str) -> bool:
    return header.strip() == "*" or etag in {each.strip().removeprefix("W/") for each in header.split(",")}


def _by_app(request: HttpRequest, served: Served, wanted: Range | None, public: bool) -> HttpResponseBase:
    """Django sends the bytes itself."""
    start, end = (wanted.start, wanted.end) if wanted else (0, served.size)
    headers = {"Content-Length": str(end - start)}
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{served.size}"
    status = 206 if wanted else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    try:
        chunks = _bytes(served, start, end)
    except FileNotFoundError:
        return not_found()
    except StorageError:
        return storage_unavailable()
    return StreamingHttpResponse(chunks, status=status, headers=headers)


def _bytes(served: Served, start: int, end: int) -> Iterator[bytes]:
    return main_storage().stream(served.key, start, end) if served.key else iter([served.body[start:end]])


def _by_accel(request: HttpRequest, served: Served, wanted: Range | None, public: bool) -> HttpResponseBase:
    """The web server sends the bytes from an internal address, a folder or a signed one of the bucket; it answers ranges itself."""
    signed = main_storage().sign(served.key, SIGNED_SECONDS, served.mime, _disposition(served))
    if not signed:
        return HttpResponse(headers={"X-Accel-Redirect": f"{INNER_FOLDER}{served.key}"})
    parts = urlsplit(signed)
    asked = f"bytes={wanted.start}-{wanted.end - 1}" if wanted else ""
    return HttpResponse(headers={"X-Accel-Redirect": INNER_BUCKET, "X-S3-Path": f"{parts.path}?{parts.query}", "X-S3-Range": asked})


def _by_redirect(request: HttpRequest, served: Served, wanted: Range | None, public: bool) -> HttpResponseBase:
    """A short-lived signed address of the storage, for public bytes only; headers it cannot set are not sent that way."""
    address = main_storage().sign(served.key, SIGNED_SECONDS, served.mime, _disposition(served)) if public else ""
    if not address or served.attachment:
        return _by_app(request, served, wanted, public)
    return HttpResponse(status=SIGNED, headers={"Location": address})


DELIVERY_METHODS = {"app": _by_app, "accel": _by_accel, "redirect": _by_redirect}


def cache_control(*, public: bool) -> str:
    """How long an answer may be kept: less than a minute for what anybody may see, not at all for the rest."""
    return f"public, max-age={PUBLIC_SECONDS}, s-maxage={SHARED_SECONDS}" if public else "private, no-store"


def _disposition(served: Served) -> str:
    return disposition(served.attachment or f"{served.name}.{EXTENSIONS[served.mime]}", attachment=bool(served.attachment))


def _with_headers(answer: HttpResponseBase, served: Served, *, public: bool) -> HttpResponseBase:
    """The same headers whatever the way: our own type, no sniffing, no script, no referrer, and how long it may be kept."""
    for header, value in {
        "Content-Type": "text/plain; charset=utf-8" if served.mime == "text/plain" else served.mime,
        "Accept-Ranges": "bytes",
        "ETag": f'"{served.etag}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Content-Disposition": _disposition(served),
        "Cache-Control": cache_control(public=public),
    }.items():
        answer[header] = value
    if answer.get("X-Accel-Redirect", "").startswith(INNER_FOLDER):
        del answer["Accept-Ranges"]  # what the web server takes from a folder it says so of itself
    if not public:
        patch_vary_headers(answer, ["Cookie"])
    return answer
