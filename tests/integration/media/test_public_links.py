"""A web server sends what anybody may see by itself: the application's answers, and nothing that is closed."""

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from media_pipeline.available_renditions import url_of
from media_pipeline.delivery import public_links, tiles
from media_pipeline.derivative_names import TILES
from media_pipeline.models import Asset
from tests.media_pipeline import policies
from tests.media_pipeline.fixtures import *  # noqa: F403
from tests.media_pipeline.fixtures import picture_bytes
from tests.services.fixtures import nginx

pytestmark = pytest.mark.django_db(transaction=True)

NOBODY = "127.0.0.1:1"
SAME = (
    *("Content-Type", "Content-Length", "Cache-Control", "Accept-Ranges", "Access-Control-Allow-Origin", "X-Content-Type-Options"),
    *("Content-Security-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy"),
)


def ask(address: str, path: str) -> tuple[int, dict[str, str | None], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, {name: answer.getheader(name) for name in SAME}, answer.read()


@pytest.fixture
def asset(take: Callable[..., Asset], work_off: Callable[[], int], settings: Any) -> Asset:
    """A picture large enough for tiles, in the tree."""
    settings.MEDIA_PUB = True
    new_asset = take(picture_bytes((4200, 3000)))
    work_off()
    new_asset.refresh_from_db()
    return new_asset


@pytest.fixture
def alone(service_root: Path, tmp_path: Path) -> Iterator[str]:
    """A web server with no application behind it."""
    with nginx(service_root, upstream=NOBODY, media=tmp_path / "media") as address:
        yield address


def addresses(asset: Asset) -> list[str]:
    pack = tiles.pack_of(asset)
    assert pack is not None
    some = sorted(tiles._index(pack))[::7]
    return [
        *(url_of(asset, each.name) for each in asset.current if each.name != TILES),
        *(reverse("media:tile", args=[asset.uuid, name]) for name in some),
    ]


def test_public_files_come_from_the_web_server_as_from_the_application(alone: str, asset: Asset, live_server: Any) -> None:
    paths = addresses(asset)
    assert len(paths) > 10
    for path in paths:
        answer = ask(live_server.url, path)
        assert answer[0] == 200
        assert ask(alone, path) == answer, path


def test_a_closed_file_is_no_longer_sent(alone: str, asset: Asset) -> None:
    paths = addresses(asset)
    policies.HIDDEN.update(each.name for each in asset.current)
    public_links.refresh(asset)
    assert {ask(alone, path)[0] for path in paths} == {502}, "all that is left is to ask the application"
