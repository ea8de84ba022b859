"""Going on after a reload, a crash and a night: the server finds the upload of the same file, lists it, and frees its place on demand."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import UnreadablePostError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media_pipeline.errors import Refused
from media_pipeline.intake import assembly, uploads
from media_pipeline.models import Asset, Upload
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)
PRINT = "8a5f00d1c0ffee00186a0"


def begin(api: Client, **body: Any) -> Any:
    return api.post(reverse("media:uploads"), json.dumps({"name": "a.jpg", "size": 100} | body), content_type="application/json")


def send(api: Client, url: str, data: bytes, **headers: str) -> Any:
    return api.patch(url, data, content_type="application/octet-stream", headers={"upload-offset": "0"} | headers)


def test_the_same_file_goes_on_where_it_stopped(api: Client) -> None:
    first = begin(api, fingerprint=PRINT).json()
    send(api, first["url"], b"0123456789")
    again = begin(api, fingerprint=PRINT).json()
    assert (again["id"], again["offset"]) == (first["id"], 10)
    assert api.get(reverse("media:uploads")).json()["uploads"] == [again]


@pytest.mark.parametrize("other", [{"fingerprint": "other"}, {"size": 99}, {"name": "b.jpg"}, {"fingerprint": ""}])
def test_another_file_begins_anew(api: Client, other: dict[str, Any]) -> None:
    first = begin(api, fingerprint=PRINT).json()
    assert begin(api, **({"fingerprint": PRINT} | other)).json()["id"] != first["id"]


def test_the_file_of_another_person_begins_anew(api: Client, django_user_model: Any) -> None:
    other = django_user_model.objects.create_superuser("mai", "mai@example.vn", "x")
    theirs = uploads.begin(other, "a.jpg", 100, fingerprint=PRINT)
    assert begin(api, fingerprint=PRINT).json()["id"] != str(theirs.uuid)


def test_an_upload_whose_bytes_are_gone_begins_anew(api: Client) -> None:
    first = begin(api, fingerprint=PRINT).json()
    uploads.file_of(Upload.objects.get()).unlink()
    assert begin(api, fingerprint=PRINT).json()["id"] != first["id"]


def test_every_byte_gives_another_week(api: Client) -> None:
    url = begin(api).json()["url"]
    Upload.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    send(api, url, b"0123456789")
    assert Upload.objects.get().expires_at > timezone.now() + timedelta(days=6)


def test_bytes_before_a_broken_link_count(user: Any) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if data := super().read(4):
                return data
            raise UnreadablePostError("the link broke")

    upload = uploads.begin(user, "a", 100)
    assert uploads.append(upload, 0, Broken(b"0123456789")) == 10


def test_open_uploads_are_listed_with_continue_and_cancel(api: Client, user: Any) -> None:
    upload = uploads.begin(user, "phim.mp4", 1000, fingerprint=PRINT)
    uploads.append(upload, 0, io.BytesIO(bytes(430)))
    page = api.get(reverse("media_admin:add")).content.decode()
    assert "phim.mp4" in page
    assert "43%" in page
    assert f'data-fingerprint="{PRINT}"' in page
    assert f"{timezone.localtime(upload.expires_at):%d/%m/%Y}" in page
    cancel = reverse("media_admin:cancel_upload", args=[upload.uuid])
    assert f'action="{cancel}"' in page
    assert "phim.mp4" not in api.post(cancel, follow=True).content.decode()
    assert not uploads.file_of(upload).exists()


def test_nobody_cancels_the_upload_of_another_person(api: Client, django_user_model: Any) -> None:
    other = django_user_model.objects.create_superuser("mai", "mai@example.vn", "x")
    theirs = uploads.begin(other, "a.jpg", 100)
    assert api.post(reverse("media_admin:cancel_upload", args=[theirs.uuid])).status_code == 404
    assert uploads.file_of(theirs).exists()


def test_the_limit_of_open_uploads_shows_its_way_out(api: Client, user: Any) -> None:
    for number in range(uploads.OPEN_UPLOADS):
        uploads.append(uploads.begin(user, f"{number}.jpg", 10), 0, io.BytesIO(b"x"))
    assert begin(api).status_code == 429
    page = api.get(reverse("media_admin:add")).content.decode()
    assert page.count("/uploads/cancel/") == uploads.OPEN_UPLOADS
    api.post(reverse("media_admin:cancel_upload", args=[Upload.objects.first().uuid]))  # type: ignore[union-attr]
    assert begin(api).status_code == 201


def test_an_upload_without_a_byte_gives_up_its_place(user: Any) -> None:
    for number in range(2 * uploads.OPEN_UPLOADS):
        uploads.begin(user, f"{number}.jpg", 10)
    assert uploads.open_uploads(user).count() == uploads.OPEN_UPLOADS


def test_what_is_being_taken_in_cannot_be_cancelled_and_what_is_done_stays(user: Any) -> None:
    data = picture_bytes()
    upload = uploads.begin(user, "a.jpg", len(data))
    uploads.append(upload, 0, io.BytesIO(data))
    Upload.objects.update(state=Upload.State.ASSEMBLING)
    with uploads.only_writer(upload, "rb"), pytest.raises(Refused, match="busy"):
        uploads.give_up(upload)
    assembly.finish(upload)
    uploads.give_up(upload)
    assert Upload.objects.get().state == "done"
    assert Asset.objects.exists()


BODIES = [
    b"",
    b"[]",
    b"{}",
    b"\xff",
    b"[" * 9000,
    b'{"name": "a", "size": 1e999}',
    b'{"name": "a", "size": Infinity}',
    b'{"name": "a", "size": NaN}',
    b'{"name": "a", "size": true}',
    b'{"name": "a", "size": 1.9}',
    b'{"name": "a", "size": "5"}',
    b'{"name": "a", "size": null}',
    b'{"name": null, "size": 5}',
    b'{"name": ["a"], "size": 5}',
    b'{"size": 5}',
    b'{"name": "a", "size": 5, "sha256": "x"}',
    b'{"name": "a", "size": 5, "fingerprint": "<b>"}',
    b'{"name": "a", "size": 5, "replaces": "1:1:forged"}',
    b'{"name": "a", "size": 5, "mime": {}}',
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:40].decode(errors="replace"))
def test_a_malformed_description_is_400(api: Client, body: bytes) -> None:
    assert api.post(reverse("media:uploads"), body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("offset", ["²", "٣", "-1", "1.0", "", " ", "9" * 5000, "0x1"])
def test_a_malformed_offset_is_400(api: Client, offset: str) -> None:
    url = begin(api).json()["url"]
    assert api.generic("PATCH", url, b"x", HTTP_UPLOAD_OFFSET=offset).status_code == 400


@pytest.mark.parametrize(("length", "status"), [("", 411), ("²", 400), ("-1", 400), ("1e3", 400), ("99999999999", 413)])
def test_bytes_without_a_true_length_are_not_taken(api: Client, length: str, status: int) -> None:
    url = begin(api).json()["url"]
    answer = api.generic("PATCH", url, b"x", HTTP_UPLOAD_OFFSET="0", CONTENT_LENGTH=length)
    assert answer.status_code == status
    assert Upload.objects.get().offset == 0
