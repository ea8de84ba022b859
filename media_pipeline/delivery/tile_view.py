"""The view that delivers deep-zoom tiles: IIIF Image 3 at level 0. The access policy is asked for the name "tiles"."""

import re
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..derivative_names import TILES
from ..models import Asset, Derivative
from ..storage import main_storage
from ..storage.base import StorageError
from . import file_view, tiles
from .policy import may_read

_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_REGION = rf"full|square|(?:pct:)?{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}"
_SIZE = rf"\^?(?:max|pct:{_NUMBER}|!?\d{{1,9}},\d{{1,9}}|\d{{1,9}},|,\d{{1,9}})"
_ROTATION, _QUALITY, _FORMAT = rf"!?{_NUMBER}", "default|color|gray|bitonal", "jpg|tif|png|gif|jp2|pdf|webp"
#: What the Image API 3.0 calls well formed (section 4); anything else is a bad request, whether we could answer it or not.
WELL_FORMED = re.compile(rf"(?:{_REGION})/(?:{_SIZE})/{_ROTATION}/(?:{_QUALITY})\.(?:{_FORMAT})", re.ASCII)


@transaction.non_atomic_requests
@require_safe
def info(request: HttpRequest, asset_uuid: UUID) -> HttpResponseBase:
    """The description of a picture's tiles."""
    asset, pack = _open(request, asset_uuid)
    if asset is None or pack is None:
        return file_view.not_found()
    address = request.build_absolute_uri(reverse("media:tile_info", args=[asset.uuid])).removesuffix("/info.json")
    answer = JsonResponse(tiles.describe(pack, address))
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = file_view.cache_control(public=_public(asset))
    return answer


@transaction.non_atomic_requests
@require_safe
def tile(request: HttpRequest, asset_uuid: UUID, tile: str) -> HttpResponseBase:
    """One tile: 400 for what is no IIIF request, 501 for what level 0 does not make."""
    asset, pack = _open(request, asset_uuid)
    if asset is None or pack is None:
        return file_view.not_found()
    if not WELL_FORMED.fullmatch(tile):
        return HttpResponse(status=400)
    try:
        place = tiles.place_of(pack, tile)
        body = b"".join(main_storage().stream(pack.blob.key, *place)) if place else b""
    except FileNotFoundError:
        return file_view.not_found()
    except StorageError:
        return file_view.storage_unavailable()
    if place is None:
        return HttpResponse(status=501)
    content = file_view.Content(TILES, "image/jpeg", f"{pack.blob.sha256}-{place[0]}", len(body), body=body)
    answer = file_view.respond(request, content, public=_public(asset))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _open(request: HttpRequest, asset_uuid: UUID) -> tuple[Asset | None, Derivative | None]:
    asset = file_view.readable_asset(request, asset_uuid, TILES)
    return asset, tiles.pack_of(asset) if asset else None


def _public(asset: Asset) -> bool:
    return may_read(AnonymousUser(), asset, TILES)
