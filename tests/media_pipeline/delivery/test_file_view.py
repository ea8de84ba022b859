"""The file view: ranges, conditional requests, headers, and 404 without the right."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from media_pipeline.available_renditions import url_of
from media_pipeline.delivery import file_view, policy
from media_pipeline.models import Asset, Segment, TextTrack
from tests.media_pipeline import policies
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]


@pytest.fixture
def asset(take: Take, work_off: WorkOff) -> Asset:
    new_asset = take(picture_bytes(), "Lễ\r\nhội.jpg")
    work_off()
    new_asset.refresh_from_db()
    return new_asset


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_derivative_comes_whole_with_safe_headers(asset: Asset, client: Client) -> None:
    derivative = next(each for each in asset.current if each.mime == "image/jpeg")
    answer = client.get(url_of(asset, derivative.name))
    assert answer.status_code == 200
    assert len(body(answer)) == derivative.size_bytes == int(answer["Content-Length"])
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["ETag"] == f'"{derivative.blob.sha256}"'
    assert "public" in answer["Cache-Control"]
    assert "s-maxage=45" in answer["Cache-Control"]


def test_the_original_is_an_attachment_under_its_given_name_and_cannot_split_the_header(asset: Asset, client: Client) -> None:
    answer = client.get(url_of(asset, "original"))
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''L%E1%BB%85%20h%E1%BB%99i.jpg"
    assert body(answer) == picture_bytes()


@pytest.mark.parametrize(
    ("range_header", "status", "content_range", "length"), [("bytes=0-9", 206, "bytes 0-9/", 10), ("bytes=-7", 206, "bytes ", 7)]
)
def test_one_range_is_answered_with_206(
    asset: Asset, client: Client, range_header: str, status: int, content_range: str, length: int
) -> None:
    answer = client.get(url_of(asset, "original"), headers={"range": range_header})
    assert answer.status_code == status
    assert answer["Content-Range"].startswith(content_range)
    assert len(body(answer)) == length == int(answer["Content-Length"])


def test_a_range_beyond_the_end_is_416_and_says_the_size(asset: Asset, client: Client) -> None:
    answer = client.get(url_of(asset, "original"), headers={"range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{asset.original.size}"


def test_if_range_with_another_etag_gets_the_whole_file(asset: Asset, client: Client) -> None:
    url, etag = url_of(asset, "original"), f'"{asset.original.sha256}"'
    assert client.get(url, headers={"range": "bytes=0-9", "if-range": etag}).status_code == 206
    assert client.get(url, headers={"range": "bytes=0-9", "if-range": '"old"'}).status_code == 200


def test_a_known_etag_is_304_and_head_has_no_body(asset: Asset, client: Client) -> None:
    url = url_of(asset, "original")
    assert client.get(url, headers={"if-none-match": f'W/"{asset.original.sha256}"'}).status_code == 304
    answer = client.head(url)
    assert int(answer["Content-Length"]) == asset.original.size
    assert not answer.content


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_file_view_accepts_no_writing_methods(asset: Asset, client: Client, method: str) -> None:
    assert getattr(client, method)(url_of(asset, "original")).status_code == 405


def test_without_the_right_every_address_is_404(asset: Asset, client: Client, settings: Any) -> None:
    urls = [url_of(asset, each.name) for each in asset.current] + [url_of(asset, "original")]
    settings.MEDIA_ACCESS_POLICY = "tests.media_pipeline.policies.nothing"
    assert {client.get(url).status_code for url in urls} == {404}


def test_a_right_for_one_name_opens_no_other(asset: Asset, client: Client) -> None:
    policies.HIDDEN.add("original")
    assert client.get(url_of(asset, "original")).status_code == 404
    assert client.get(url_of(asset, asset.current[0].name)).status_code == 200


def test_files_that_are_not_public_may_not_be_cached(asset: Asset, client: Client, settings: Any, django_user_model: Any) -> None:
    settings.MEDIA_ACCESS_POLICY = "tests.media_pipeline.policies.signed_in_only"
    url = url_of(asset, "original")
    assert client.get(url).status_code == 404
    client.force_login(django_user_model.objects.create_user("lan", password="x"))
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_a_withdrawn_asset_is_gone_at_once(asset: Asset, client: Client) -> None:
    from media_pipeline.actions import withdraw

    url = url_of(asset, "original")
    assert client.get(url).status_code == 200
    withdraw(asset)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "name", ["original.html", "img-200-jpg.png", "nothing.jpg", "original", "track-999999999999999999999.vtt", "..%2f..%2fx"]
)
def test_a_wrong_name_or_extension_is_404(asset: Asset, client: Client, name: str) -> None:
    assert client.get(f"/media/{asset.uuid}/{name}").status_code == 404


def test_a_track_is_served_as_escaped_webvtt(asset: Asset, client: Client) -> None:
    track = TextTrack.objects.create(asset=asset, role="captions", language="vi", source="human")
    Segment.objects.create(track=track, order=1, start_ms=0, end_ms=1500, text="<script>CANARY-XSS</script> & xin chào", speaker="Bà Mỷ")
    answer = client.get(url_of(asset, track.name))
    text = body(answer).decode()
    assert answer["Content-Type"] == "text/vtt"
    assert "00:00:00.000 --> 00:00:01.500\n<v Bà Mỷ>&lt;script&gt;CANARY-XSS&lt;/script&gt; &amp; xin chào" in text


def test_redirect_delivery_sends_local_files_itself(asset: Asset, client: Client, settings: Any) -> None:
    settings.MEDIA_DELIVERY = "redirect"
    assert client.get(url_of(asset, "original")).status_code == 200


def test_accel_delivery_names_the_key_and_keeps_the_headers(asset: Asset, client: Client, settings: Any) -> None:
    settings.MEDIA_DELIVERY = "accel"
    answer = client.get(url_of(asset, "original"))
    assert answer["X-Accel-Redirect"] == f"/_media/{asset.original.key}"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_delivery_opens_no_transaction_which_would_lock_the_database_for_the_length_of_a_download(asset: Asset, client: Client) -> None:
    inside: set[bool] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        inside.add(connection.in_atomic_block)
        return execute(sql, *rest)

    assert connection.settings_dict["ATOMIC_REQUESTS"]
    with connection.execute_wrapper(note):
        assert client.get(url_of(asset, "original")).status_code == 200
    assert inside == {False}


def test_a_change_of_access_takes_effect_everywhere_within_a_minute() -> None:
    """A shared cache may ask just before a remembered decision ends, and keep the answer for its whole time."""
    kept = max(file_view.PUBLIC_SECONDS, file_view.SHARED_SECONDS, file_view.SIGNED_SECONDS)
    assert policy.DECISION_SECONDS + kept <= 60
