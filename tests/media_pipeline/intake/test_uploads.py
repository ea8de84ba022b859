"""Upload in chunks: at the server's offset only, one writer, whole or refused, resumable after anything."""

import hashlib
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media_pipeline.errors import Refused
from media_pipeline.intake import assembly, uploads
from media_pipeline.models import Asset, Upload
from media_pipeline.preservation import sweeper
from media_pipeline.processes import scratch
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)


def chunk(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def test_a_file_in_three_pieces_becomes_the_same_asset_as_at_once(user: Any) -> None:
    data = picture_bytes()
    upload = uploads.begin(user, "ảnh.jpg", len(data), sha256=hashlib.sha256(data).hexdigest())
    for start in range(0, len(data), 2000):
        assert uploads.append(upload, start, chunk(data[start : start + 2000])) == min(len(data), start + 2000)
    asset = assembly.finish(upload)
    assert asset is not None
    assert asset.original.sha256 == hashlib.sha256(data).hexdigest()
    assert assembly.finish(upload) == asset
    assert not list(scratch.area(scratch.UPLOADS).iterdir())


@pytest.mark.parametrize("offset", [0, 5, 11])
def test_bytes_at_another_offset_are_refused_with_the_true_one(user: Any, offset: int) -> None:
    upload = uploads.begin(user, "a", 100)
    uploads.append(upload, 0, chunk(b"0123456789"))
    with pytest.raises(Refused) as refusal:
        uploads.append(upload, offset, chunk(b"x"))
    assert (refusal.value.code, refusal.value.status, refusal.value.detail) == ("wrong_offset", 409, "10")


def test_bytes_that_a_crash_left_unacknowledged_do_not_count(user: Any) -> None:
    data = picture_bytes()
    upload = uploads.begin(user, "a", len(data))
    uploads.append(upload, 0, chunk(data[:100]))
    with uploads.file_of(upload).open("ab") as file:
        file.write(b"written, never acknowledged")
    uploads.append(upload, 100, chunk(data[100:]))
    asset = assembly.finish(upload)
    assert asset is not None
    assert asset.original.sha256 == hashlib.sha256(data).hexdigest()


def test_only_one_writer_at_a_time(user: Any) -> None:
    upload = uploads.begin(user, "a", 100)
    with uploads.only_writer(upload), pytest.raises(Refused, match="busy"):
        uploads.append(upload, 0, chunk(b"x"))


def test_more_than_was_said_is_refused_and_less_cannot_be_finished(user: Any) -> None:
    upload = uploads.begin(user, "a", 4)
    with pytest.raises(Refused, match="size_differs"):
        uploads.append(upload, 0, chunk(b"12345"))
    upload.refresh_from_db()
    assert upload.offset == 0
    uploads.append(upload, 0, chunk(b"12"))
    with pytest.raises(Refused, match="size_differs"):
        assembly.finish(upload)
    assert not Asset.objects.exists()


def test_a_refused_file_closes_its_upload(user: Any) -> None:
    upload = uploads.begin(user, "a.svg", 6)
    uploads.append(upload, 0, chunk(b"<svg/>"))
    with pytest.raises(Refused, match="vector"):
        assembly.finish(upload)
    upload.refresh_from_db()
    assert (upload.state, upload.problem) == ("refused", "vector")
    assert not uploads.file_of(upload).exists()


def test_large_files_are_taken_in_by_a_worker(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "AT_ONCE", 10)
    data = picture_bytes()
    upload = uploads.begin(user, "a", len(data))
    uploads.append(upload, 0, chunk(data))
    assert assembly.finish(upload) is None
    assert assembly.finish(upload) is None
    assert assembly.assemble_next()
    assert assembly.finish(upload) == Asset.objects.get()
    assert not assembly.assemble_next()


def test_an_upload_of_last_week_is_closed_and_its_bytes_go(user: Any) -> None:
    import os

    upload = uploads.begin(user, "a", 10)
    Upload.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    os.utime(uploads.file_of(upload), (0, 0))
    assert sweeper.sweep()["uploads"] == 1
    assert not uploads.file_of(upload).exists()
    with pytest.raises(Refused, match="expired"):
        uploads.append(upload, 0, chunk(b"x"))


def test_an_upload_over_http_from_begin_to_finish(api: Client) -> None:
    data = picture_bytes()
    answer = api.post(reverse("media:uploads"), json.dumps({"name": "a.jpg", "size": len(data)}), content_type="application/json")
    assert answer.status_code == 201
    url = answer.json()["url"]

    def send(offset: int, part: bytes) -> Any:
        return api.patch(url, part, content_type="application/octet-stream", headers={"upload-offset": str(offset)})

    assert send(0, data[:1000]).json() == {"offset": 1000}
    wrong = send(0, data[:1000])
    assert (wrong.status_code, wrong.json()["offset"]) == (409, 1000)
    assert send(1000, data[1000:]).status_code == 200
    done = api.post(f"{url}/finish")
    assert done.status_code == 201
    assert done.json()["sha256"] == hashlib.sha256(data).hexdigest()
    assert api.get(url).json()["state"] == "done"


def test_an_upload_is_closed_to_other_people(api: Client, django_user_model: Any) -> None:
    other = django_user_model.objects.create_superuser("khac", "k@example.vn", "x")
    upload = uploads.begin(other, "a", 10)
    url = reverse("media:upload", args=[upload.uuid])
    assert api.get(url).status_code == 404
    assert api.patch(url, b"x", content_type="application/octet-stream", headers={"upload-offset": "0"}).status_code == 404
    assert api.delete(url).status_code == 404


def test_people_without_the_right_get_403(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    assert client.post(reverse("media:uploads"), "{}", content_type="application/json").status_code == 403


def test_a_reason_that_another_release_stored_does_not_take_the_list_away(api: Client, user: Any) -> None:
    Upload.objects.filter(pk=uploads.begin(user, "a.jpg", 5).pk).update(state=Upload.State.REFUSED, problem="of_another_release")
    url = reverse("media:upload", args=[Upload.objects.get().uuid])
    assert "Lỗi chương trình" in api.get(url).json()["message"]
