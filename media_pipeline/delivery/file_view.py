"""The view that delivers a file. Every byte of every asset is sent from here (tiles too), and the access policy is asked each time.

A file that the reader may not see is answered like a missing file: a short 404 without a page and without further queries.
The policy's answers are kept for at most 15 seconds, so that a change takes effect everywhere within a minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import derivative_names as names
from ..file_names import EXTENSIONS, disposition
from ..models import Asset, Derivative
from ..storage import main_storage
from ..storage.base import StorageError
from ..tracks import export
from .methods import DELIVERY_METHODS
from .policy import may_read
from .ranges import Range, UnsatisfiableRangeError, parse_range

PUBLIC_SECONDS, SHARED_SECONDS = 45, 45  # with the remembered decision before it: a minute at most
INNER_FOLDER, INNER_BUCKET = "/_media/", "/_s3"  # of the web server; nobody outside can ask for them
SIGNED, SIGNED_SECONDS = 307, 45


@dataclass(frozen=True, slots=True)
class Content:
    """What an address names: the key of its bytes in the storage, or the bytes themselves (tracks, tiles)."""

    name: str
    mime: str
    etag: str
    size: int
    key: str = ""
    body: bytes = b""
    attachment: str = ""  # the file name to save it under; browsers never show originals in place


@transaction.non_atomic_requests
@require_safe
def file(request: HttpRequest, asset_uuid: UUID, file_name: str) -> HttpResponseBase:
    """One derivative, track or original; single ranges, conditional requests, HEAD."""
    name, _dot, extension = file_name.rpartition(".")
    asset = readable_asset(request, asset_uuid, name)
    content = _content_of(asset, name, extension) if asset else None
    if asset is None or content is None:
        return not_found()
    return respond(request, content, public=may_read(AnonymousUser(), asset, name))


def readable_asset(request: HttpRequest, asset_uuid: UUID, name: str) -> Asset | None:
    """The asset, if this person may read the file of this name now."""
    asset = Asset.objects.select_related("original").filter(uuid=asset_uuid).exclude(state=Asset.State.WITHDRAWN).first()
    return asset if asset and may_read(request.user, asset, name) else None


def respond(request: HttpRequest, content: Content, *, public: bool) -> HttpResponseBase:
    """The whole answer for content that this person may read."""
    answer = _answer(request, content, public=public)
    lasting = public and answer.status_code != SIGNED  # a signed address ends before a cache would ask again
    return answer if answer.status_code in {404, 503} else _with_headers(answer, content, public=lasting)


def not_found() -> HttpResponse:
    """The same 404 for what does not exist and for what the reader may not see."""
    return HttpResponseNotFound(_("Không có tệp này."), content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def storage_unavailable() -> HttpResponse:
    """The bytes are there, but their storage does not answer now."""
    words = _("Kho tệp đang không trả lời. Hãy thử lại sau ít phút.")
    return HttpResponse(
        words, status=503, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store", "Retry-After": "60"}
    )


def _content_of(asset: Asset, name: str, extension: str) -> Content | None:
    """What the address names; None for a wrong extension, too."""
    if names.is_text_track(name):
        return _track(asset, name, extension)
    content = _original(asset) if name == names.ORIGINAL else _derivative(asset, name)
    return content if content and EXTENSIONS.get(content.mime) == extension else None


def _original(asset: Asset) -> Content:
    blob = asset.original
    return Content(names.ORIGINAL, blob.mime, blob.sha256, blob.size, key=blob.key, attachment=asset.name_as_given)


def _derivative(asset: Asset, name: str) -> Content | None:
    current = Derivative.objects.select_related("blob").filter(asset=asset, name=name, state=Derivative.State.CURRENT).first()
    if current is None:
        return None
    return Content(name, current.mime, current.blob.sha256, current.size_bytes, key=current.blob.key)


def _track(asset: Asset, name: str, extension: str) -> Content | None:
    key = names.read_text_track(name)
    track = asset.tracks.filter(pk=key).first() if key is not None else None
    content = track and export.as_file(track, extension)
    if not content:
        return None
    body, mime = content
    return Content(name, mime, export.fingerprint(body), len(body), body=body)


def _answer(request: HttpRequest, content: Content, *, public: bool) -> HttpResponseBase:
    etag = f'"{content.etag}"'
    if _matches(request.headers.get("If-None-Match", ""), etag):
        return HttpResponse(status=304)
    header = request.headers.get("Range", "")
    if (only_if := request.headers.get("If-Range")) and only_if != etag:
        header = ""
    try:
        byte_range = parse_range(header, content.size)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{content.size}"})
    return _SENDERS[settings.MEDIA_DELIVERY if content.key else "app"](request, content, byte_range, public)


def _matches(header: str, etag: str) -> bool:
    return header.strip() == "*" or etag in {each.strip().removeprefix("W/") for each in header.split(",")}


def _by_app(request: HttpRequest, content: Content, byte_range: Range | None, public: bool) -> HttpResponseBase:
    """Django sends the bytes itself."""
    start, end = (byte_range.start, byte_range.end) if byte_range else (0, content.size)
    headers = {"Content-Length": str(end - start)}
    if byte_range:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
    status = 206 if byte_range else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    try:
        chunks = _bytes(content, start, end)
    except FileNotFoundError:
        return not_found()
    except StorageError:
        return storage_unavailable()
    return StreamingHttpResponse(chunks, status=status, headers=headers)


def _bytes(content: Content, start: int, end: int) -> Iterator[bytes]:
    return main_storage().stream(content.key, start, end) if content.key else iter([content.body[start:end]])


def _by_accel(request: HttpRequest, content: Content, byte_range: Range | None, public: bool) -> HttpResponseBase:
    """The web server sends the bytes from an internal address, a folder or a signed one of the bucket; it answers ranges itself."""
    signed = main_storage().sign(content.key, SIGNED_SECONDS, content.mime, _disposition(content))
    if not signed:
        return HttpResponse(headers={"X-Accel-Redirect": f"{INNER_FOLDER}{content.key}"})
    parts = urlsplit(signed)
    range_header = f"bytes={byte_range.start}-{byte_range.end - 1}" if byte_range else ""
    return HttpResponse(headers={"X-Accel-Redirect": INNER_BUCKET, "X-S3-Path": f"{parts.path}?{parts.query}", "X-S3-Range": range_header})


def _by_redirect(request: HttpRequest, content: Content, byte_range: Range | None, public: bool) -> HttpResponseBase:
    """A short-lived signed address of the storage, for public bytes only; headers it cannot set are not sent that way."""
    address = main_storage().sign(content.key, SIGNED_SECONDS, content.mime, _disposition(content)) if public else ""
    if not address or content.attachment:
        return _by_app(request, content, byte_range, public)
    return HttpResponse(status=SIGNED, headers={"Location": address})


_SENDERS = dict(zip(DELIVERY_METHODS, (_by_app, _by_accel, _by_redirect), strict=True))


def cache_control(*, public: bool) -> str:
    """How long an answer may be kept: less than a minute for what anybody may see, not at all for the rest."""
    return f"public, max-age={PUBLIC_SECONDS}, s-maxage={SHARED_SECONDS}" if public else "private, no-store"


def _disposition(content: Content) -> str:
    return disposition(content.attachment or f"{content.name}.{EXTENSIONS[content.mime]}", attachment=bool(content.attachment))


def _with_headers(answer: HttpResponseBase, content: Content, *, public: bool) -> HttpResponseBase:
    """The same headers for every delivery method: our own type, no sniffing, no script, no referrer, and how long it may be kept."""
    for header, value in {
        "Content-Type": "text/plain; charset=utf-8" if content.mime == "text/plain" else content.mime,
        "Accept-Ranges": "bytes",
        "ETag": f'"{content.etag}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Content-Disposition": _disposition(content),
        "Cache-Control": cache_control(public=public),
    }.items():
        answer[header] = value
    if answer.get("X-Accel-Redirect", "").startswith(INNER_FOLDER):
        del answer["Accept-Ranges"]  # what the web server takes from a folder it says so of itself
    if not public:
        patch_vary_headers(answer, ["Cookie"])
    return answer
