"""Deep zoom: every pixel in a tile, canonical paths, right codes for everything else."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from media_pipeline import recipes
from media_pipeline.delivery import tiles
from media_pipeline.models import Asset
from media_pipeline.storage.base import StorageAbsent
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline import policies
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asset(take: Callable[..., Asset], work_off: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> Asset:
    from dataclasses import replace

    small = [replace(each, above_pixels=min(each.above_pixels, 500_000)) for each in recipes.RECIPES]
    monkeypatch.setattr(recipes, "RECIPES", small)
    new_asset = take(picture_bytes((1300, 700)))
    assert work_off() == 2
    new_asset.refresh_from_db()
    return new_asset


def test_tiles_cover_the_picture_at_every_scale(asset: Asset, client: Client) -> None:
    info = client.get(f"/media/{asset.uuid}/tiles/info.json").json()
    assert (info["width"], info["height"], info["profile"]) == (1300, 700, "level0")
    assert info["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    whole = Image.new("RGB", (1300, 700))
    for top in (0, 512):
        for left in (0, 512, 1024):
            width, height = min(512, 1300 - left), min(512, 700 - top)
            answer = client.get(f"/media/{asset.uuid}/tiles/{left},{top},{width},{height}/{width},{height}/0/default.jpg")
            assert answer.status_code == 200
            assert answer["Content-Type"] == "image/jpeg"
            whole.paste(Image.open(io.BytesIO(b"".join(answer.streaming_content))), (left, top))  # type: ignore[attr-defined]
    original = Image.open(io.BytesIO(picture_bytes((1300, 700))))
    difference = max(abs(a[0] - b[0]) for a, b in zip(_sample(whole), _sample(original), strict=True))
    assert difference < 16
    small = f"full/{info['sizes'][0]['width']},{info['sizes'][0]['height']}/0/default.jpg"
    assert client.get(f"/media/{asset.uuid}/tiles/{small}").status_code == 200


def _sample(image: Image.Image) -> list[Any]:
    return [image.getpixel((x, y)) for x in range(0, 1300, 97) for y in range(0, 700, 53)]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("full/max/0/default.jpg", 501),
        ("full/^99999,/0/default.jpg", 501),
        ("0,0,100,100/50,/0/default.jpg", 501),
        ("full/pct:50/0/default.jpg", 501),
        ("full/max/90/gray.png", 501),
        ("-1,0,10,10/max/0/default.jpg", 400),
        ("full/pct:1e308/0/default.jpg", 400),
        ("full/NaN,/0/default.jpg", 400),
        ("full/max/0/default.exe", 400),
        ("anything", 400),
    ],
)
def test_what_level_0_does_not_make_is_501_and_what_is_no_request_is_400(asset: Asset, client: Client, path: str, status: int) -> None:
    assert client.get(f"/media/{asset.uuid}/tiles/{path}").status_code == status


def test_tiles_ask_the_same_policy(asset: Asset, client: Client) -> None:
    policies.HIDDEN.add("tiles")
    assert client.get(f"/media/{asset.uuid}/tiles/info.json").status_code == 404
    assert client.get(f"/media/{asset.uuid}/tiles/0,0,512,512/512,512/0/default.jpg").status_code == 404


def test_small_pictures_have_no_tiles(take: Callable[..., Asset], work_off: Callable[[], int], client: Client) -> None:
    asset = take(picture_bytes((300, 200)))
    work_off()
    assert tiles.pack_of(asset) is None
    assert client.get(f"/media/{asset.uuid}/tiles/info.json").status_code == 404


def test_the_list_of_iiif_requests_meets_no_server_error(asset: Asset, client: Client, corpora: Path) -> None:
    for line in (corpora / "requests_iiif.txt").read_text("utf-8").split("\n")[:-1]:
        assert client.get(f"/media/{asset.uuid}/tiles{line}").status_code in {200, 400, 404, 501}, line


def _failing(error: Exception) -> Callable[..., Any]:
    def stream(*args: Any) -> Any:
        raise error

    return stream


@pytest.mark.parametrize(("error", "status"), [(StorageAbsent("away"), 503), (FileNotFoundError("gone"), 404)])
@pytest.mark.parametrize("indexed", [False, True])
def test_a_storage_that_fails_is_told_as_it_is_for_files(
    asset: Asset, client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, indexed: bool
) -> None:
    tile = f"/media/{asset.uuid}/tiles/0,0,512,512/512,512/0/default.jpg"
    if indexed:
        assert client.get(tile).status_code == 200
    monkeypatch.setattr(LocalStorage, "stream", _failing(error))
    answer = client.get(tile)
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"


def test_a_pack_that_is_damaged_is_not_found(asset: Asset, client: Client, media: LocalStorage) -> None:
    pack = tiles.pack_of(asset)
    assert pack
    media.path(pack.blob.key).chmod(0o600)
    media.path(pack.blob.key).write_bytes(bytes(pack.size_bytes))
    assert client.get(f"/media/{asset.uuid}/tiles/0,0,512,512/512,512/0/default.jpg").status_code == 404
