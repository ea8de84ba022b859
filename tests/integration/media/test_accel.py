"""The web server sends the bytes: the same answers as from the application, nothing without the right, no other way in."""

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from media_pipeline import actions
from media_pipeline.available_renditions import url_of
from media_pipeline.models import Asset
from media_pipeline.storage.s3 import S3Storage
from tests.integration.media.buckets import *  # noqa: F403
from tests.media_pipeline import policies
from tests.media_pipeline.fixtures import *  # noqa: F403
from tests.media_pipeline.fixtures import picture_bytes
from tests.services.fixtures import nginx

pytestmark = pytest.mark.django_db(transaction=True)

SAME = ("Content-Type", "Content-Length", "Content-Range", "Content-Disposition", "Cache-Control", "ETag", "Accept-Ranges")
SAME_SAFETY = ("X-Content-Type-Options", "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy", "Vary")
Answer = tuple[int, dict[str, str | None], bytes]


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Status, the headers that matter, and the body."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return answer.status, {name: answer.getheader(name) for name in (*SAME, *SAME_SAFETY)}, answer.read()


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.service("s3"))])
def server(request: pytest.FixtureRequest, live_server: Any, service_root: Path, tmp_path: Path, settings: Any) -> Iterator[str]:
    """The address of nginx before the live site, over either storage."""
    s3 = "127.0.0.1:1"
    if request.param == "bucket":
        assert isinstance(request.getfixturevalue("bucket"), S3Storage)
        s3 = urlsplit(settings.S3_ENDPOINT_URL).netloc
    with nginx(service_root, upstream=urlsplit(live_server.url).netloc, media=tmp_path / "media", s3=s3) as address:
        yield address


@pytest.fixture
def asset(server: str, take: Callable[..., Asset], work_off: Callable[[], int]) -> Asset:
    new_asset = take(picture_bytes(), "ảnh.jpg")
    work_off()
    new_asset.refresh_from_db()
    return new_asset


@pytest.mark.parametrize(
    "headers", [{}, {"Range": "bytes=5-99"}, {"Range": "bytes=-7"}, {"If-None-Match": "*"}, {"Range": "bytes=0-9", "If-Range": '"other"'}]
)
def test_both_delivery_methods_answer_alike(server: str, asset: Asset, settings: Any, headers: dict[str, str]) -> None:
    for path in (url_of(asset, "original"), url_of(asset, asset.current[0].name)):
        settings.MEDIA_DELIVERY = "app"
        status, headers_by_app, body = ask(server, path, **headers)
        settings.MEDIA_DELIVERY = "accel"
        by_server = ask(server, path, **headers)
        assert (by_server[0], by_server[2]) == (status, body)
        differing = {name for name, value in by_server[1].items() if value != headers_by_app[name]}
        assert differing - ({"Accept-Ranges"} if status == 206 else set()) == set(), "nginx leaves it out where it has just shown it"


def test_a_range_beyond_the_end_is_416(server: str, asset: Asset, settings: Any) -> None:
    settings.MEDIA_DELIVERY = "accel"
    status, headers, _body = ask(server, url_of(asset, "original"), Range="bytes=99999999-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{len(picture_bytes())}")


def test_without_the_right_the_answer_is_404(server: str, asset: Asset, settings: Any) -> None:
    settings.MEDIA_DELIVERY = "accel"
    policies.HIDDEN.add("original")
    assert ask(server, url_of(asset, "original"))[0] == 404
    actions.withdraw(asset)
    assert ask(server, url_of(asset, asset.current[0].name))[0] == 404


def test_the_inner_addresses_cannot_be_asked_from_outside(server: str, asset: Asset) -> None:
    assert ask(server, f"/_media/{asset.original.key}")[0] == 404
    assert ask(server, "/_s3")[0] == 404
