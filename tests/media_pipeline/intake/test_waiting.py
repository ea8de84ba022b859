"""The file's fault and ours are two things: what we cannot take in now is kept, said to wait, and taken in later by itself."""

import errno
import hashlib
import io
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media_pipeline.admin.chooser import IngestForm
from media_pipeline.checks import doctor
from media_pipeline.errors import Refused, Waiting
from media_pipeline.intake import assembly, uploads
from media_pipeline.models import Asset, Upload
from media_pipeline.preservation import sweeper
from media_pipeline.storage.base import StorageError, StorageFull
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)
SVG = b"<svg/>"


@pytest.fixture
def outage(media: LocalStorage) -> Callable[[bool], None]:
    """outage(True): the storage is not mounted; outage(False): it is back."""
    away = media.root.with_name("away")

    def switch(on: bool) -> None:
        media.root.rename(away) if on else away.rename(media.root)

    return switch


def whole(user: Any, data: bytes, name: str = "ảnh.jpg", **options: Any) -> Upload:
    """An upload whose bytes have all come."""
    upload = uploads.begin(user, name, len(data), **options)
    uploads.append(upload, 0, io.BytesIO(data))
    return upload


def due_now() -> None:
    Upload.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_an_outage_at_the_end_keeps_the_bytes_says_503_and_ends_well(api: Client, user: Any, outage: Callable[[bool], None]) -> None:
    data = picture_bytes()
    upload = whole(user, data)
    url = reverse("media:upload", args=[upload.uuid])
    outage(True)
    answer = api.post(f"{url}/finish")
    assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (503, "storage_absent", "waiting")
    assert int(answer["Retry-After"]) > 0
    assert "vẫn còn" in answer.json()["message"]
    assert uploads.file_of(upload).read_bytes() == data
    assert api.get(url).json()["state"] == "waiting"
    assert api.post(f"{url}/finish").status_code == 503
    outage(False)
    due_now()
    assert api.post(f"{url}/finish").status_code == 201
    assert Asset.objects.get().original.sha256 == hashlib.sha256(data).hexdigest()
    assert not uploads.file_of(upload).exists()


def test_a_worker_takes_in_what_waits_when_the_storage_is_back(user: Any, outage: Callable[[bool], None]) -> None:
    upload = whole(user, picture_bytes())
    outage(True)
    with pytest.raises(Waiting):
        assembly.finish(upload)
    due_now()
    with pytest.raises(Waiting):
        assembly.assemble_next()
    assert not assembly.assemble_next()  # its time has not come again
    outage(False)
    due_now()
    assert assembly.assemble_next()
    upload.refresh_from_db()
    assert (upload.state, upload.asset, upload.problem) == ("done", Asset.objects.get(), "")


def test_each_try_waits_longer_and_is_counted_before_it_begins(user: Any, outage: Callable[[bool], None]) -> None:
    upload = whole(user, picture_bytes())
    outage(True)
    for seconds in (5, 10, 20, 40, 80, 160, 320, 600, 600):
        due_now()
        before, wait = timezone.now(), timedelta(seconds=seconds)
        with pytest.raises(Waiting):
            assembly.finish(upload)
        upload.refresh_from_db()
        assert upload.next_try_at
        assert before + wait <= upload.next_try_at <= timezone.now() + wait


def test_a_file_that_ends_the_process_is_not_tried_again_at_once(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = whole(user, picture_bytes())

    def killed(*args: Any, **options: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(assembly, "ingest_received", killed)
    with pytest.raises(SystemExit):
        assembly.finish(upload)
    monkeypatch.undo()
    assert not assembly.assemble_next()
    due_now()
    assert assembly.assemble_next()


@pytest.mark.parametrize(("error", "code", "status"), [(StorageFull("x"), "disk_full", 507), (StorageError("x"), "storage_error", 503)])
def test_every_fault_of_the_storage_is_ours(
    api: Client, user: Any, monkeypatch: pytest.MonkeyPatch, error: StorageError, code: str, status: int
) -> None:
    def fail(*args: Any) -> None:
        raise error

    monkeypatch.setattr(LocalStorage, "put", fail)
    answer = api.post(reverse("media:finish_upload", args=[whole(user, picture_bytes()).uuid]))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Upload.objects.get().state == "waiting"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES])
def test_a_broken_scratch_disk_is_ours_at_every_step(api: Client, user: Any, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    upload = uploads.begin(user, "a.jpg", 100)
    url = reverse("media:upload", args=[upload.uuid])

    def fail(*args: Any, **options: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        answer = api.patch(url, b"0123456789", content_type="application/octet-stream", headers={"upload-offset": "0"})
        assert answer.status_code in {503, 507}
        patch.setattr(Path, "touch", fail)
        body = {"name": "b", "size": 10}
        assert api.post(reverse("media:uploads"), json.dumps(body), content_type="application/json").status_code in {503, 507}
    assert api.get(url).json()["offset"] == 0
    answer = api.patch(url, b"0123456789", content_type="application/octet-stream", headers={"upload-offset": "0"})
    assert answer.json() == {"offset": 10}


def test_a_database_that_is_away_is_503(api: Client, user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = whole(user, picture_bytes())

    def away(*args: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(assembly, "_count_try", away)
        answer = api.post(reverse("media:finish_upload", args=[upload.uuid]))
    assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
    assert assembly.assemble_next()


def test_a_fault_after_the_bytes_are_stored_never_makes_two_assets(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = whole(user, picture_bytes())
    real = uploads.drop_bytes

    def crash(upload: Upload) -> None:
        raise SystemExit

    monkeypatch.setattr(uploads, "drop_bytes", crash)
    with pytest.raises(SystemExit):
        assembly.finish(upload)
    monkeypatch.setattr(uploads, "drop_bytes", real)
    due_now()
    assert not assembly.assemble_next()
    assert assembly.finish(upload) == Asset.objects.get()


def test_the_true_reason_of_a_large_file_reaches_its_sender(api: Client, user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "AT_ONCE", 1)
    url = reverse("media:finish_upload", args=[whole(user, SVG, "bản vẽ.svg").uuid])
    assert api.post(url).status_code == 202
    assert assembly.assemble_next()
    answer = api.post(url)
    assert (answer.status_code, answer.json()["code"]) == (422, "vector")
    assert "SVG" in api.get(reverse("media_admin:add")).content.decode()


def test_a_file_that_another_process_holds_neither_counts_as_work_nor_stops_others(user: Any) -> None:
    held, free = whole(user, picture_bytes()), whole(user, picture_bytes((300, 200)), "hai.jpg")
    Upload.objects.update(state=Upload.State.ASSEMBLING)
    with uploads.only_writer(held, "rb"):
        assert assembly.assemble_next()
        assert not assembly.assemble_next()
        assert assembly.finish(held) is None
    free.refresh_from_db()
    assert free.state == "done"


@pytest.mark.parametrize("state", [Upload.State.ASSEMBLING, Upload.State.WAITING])
def test_what_came_whole_never_expires(user: Any, state: str) -> None:
    upload = whole(user, picture_bytes())
    Upload.objects.update(state=state, expires_at=timezone.now() - timedelta(days=30))
    os.utime(uploads.file_of(upload), (0, 0))
    sweeper.sweep()
    assert assembly.assemble_next()


def test_a_form_that_meets_an_outage_keeps_the_file_and_says_so(api: Client, outage: Callable[[bool], None]) -> None:
    outage(True)
    file = SimpleUploadedFile("ảnh.jpg", picture_bytes(), "image/jpeg")
    page = api.post(reverse("media_admin:add"), {"file": file}, follow=True).content.decode()
    assert "Kho tệp đang không truy cập được" in page
    assert "vẫn còn" in page
    assert "ảnh.jpg" in page
    outage(False)
    due_now()
    assert assembly.assemble_next()
    assert Asset.objects.get().display_name == "ảnh.jpg"


def test_a_form_that_meets_a_full_scratch_disk_is_507_and_can_be_sent_again(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = api.post(reverse("media_admin:add"), {"file": SimpleUploadedFile("ảnh.jpg", picture_bytes())})
    assert answer.status_code == 507
    assert answer["Retry-After"]
    assert "hết chỗ trống" in answer.content.decode()
    assert not Upload.objects.exclude(state="expired").exists()


def test_the_dialogue_says_that_a_file_waits_for_us(user: Any, outage: Callable[[bool], None]) -> None:
    outage(True)
    form = IngestForm({}, {"file": SimpleUploadedFile("ảnh.jpg", picture_bytes())})
    form.user = user
    assert "vẫn còn" in form.errors["file"][0]
    assert Upload.objects.get().state == "waiting"


def test_a_better_copy_takes_its_place_even_after_an_outage(
    api: Client, take: Callable[..., Asset], outage: Callable[[bool], None]
) -> None:
    old = take(picture_bytes())
    outage(True)
    file = SimpleUploadedFile("tốt hơn.jpg", picture_bytes((1200, 800)))
    api.post(reverse("media_admin:replace", args=[old.pk]), {"file": file})
    outage(False)
    due_now()
    assert assembly.assemble_next()
    old.refresh_from_db()
    assert old.replaced_by == Asset.objects.exclude(pk=old.pk).get()


def test_a_better_copy_may_come_in_pieces(api: Client, take: Callable[..., Asset]) -> None:
    old, data = take(picture_bytes()), picture_bytes((1200, 800))
    token = api.get(reverse("media_admin:replace", args=[old.pk])).context["replaces"]
    body = {"name": "b.jpg", "size": len(data), "replaces": token}
    url = api.post(reverse("media:uploads"), json.dumps(body), content_type="application/json").json()["url"]
    api.patch(url, data, content_type="application/octet-stream", headers={"upload-offset": "0"})
    assert api.post(f"{url}/finish").status_code == 201
    old.refresh_from_db()
    assert old.replaced_by


@pytest.mark.parametrize("at", ["the beginning", "the end"])
def test_who_has_lost_the_right_meanwhile_replaces_nothing(
    api: Client, user: Any, take: Callable[..., Asset], settings: Any, at: str
) -> None:
    old, data = take(picture_bytes()), picture_bytes((1200, 800))
    token = api.get(reverse("media_admin:replace", args=[old.pk])).context["replaces"]
    if at == "the beginning":
        settings.MEDIA_ADMIN_FILTER = "tests.media_pipeline.policies.no_asset"
    body = {"name": "b.jpg", "size": len(data), "replaces": token}
    answer = api.post(reverse("media:uploads"), json.dumps(body), content_type="application/json")
    if at == "the end":
        settings.MEDIA_ADMIN_FILTER = "tests.media_pipeline.policies.no_asset"
        api.patch(answer.json()["url"], data, content_type="application/octet-stream", headers={"upload-offset": "0"})
        answer = api.post(f"{answer.json()['url']}/finish")
    assert (answer.status_code, answer.json()["code"]) == (403, "may_not_replace")
    assert Asset.objects.get() == old and old.replaced_by is None


def test_a_copy_of_another_kind_is_refused_and_leaves_no_asset(user: Any, take: Callable[..., Asset]) -> None:
    old = take(picture_bytes())
    upload = whole(user, b"Xin chao\n", "a.txt", replaces=old)
    with pytest.raises(Refused, match="cannot_replace"):
        assembly.finish(upload)
    assert Asset.objects.get() == old


def _full_disk(*args: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["write", "seek"])
def test_a_disk_that_fills_while_a_form_arrives_is_told_by_the_form(
    api: Client, take: Callable[..., Asset], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(TemporaryUploadedFile, step, _full_disk, raising=False)
    large = SimpleUploadedFile("phim.mp4", bytes(3_000_000))
    recording = take(picture_bytes())
    for address in ("media_admin:add", "media_admin:replace", "media_admin:new_track"):
        answer = api.post(reverse(address, args=[recording.pk] if address != "media_admin:add" else []), {"file": large, "language": "vi"})
        large.seek(0)
        assert answer.status_code == 507, address
        assert "Chưa nhận được tệp" in answer.content.decode()


def test_the_doctor_names_files_that_wait_for_long(user: Any, outage: Callable[[bool], None]) -> None:
    upload = whole(user, picture_bytes())
    Upload.objects.filter(pk=upload.pk).update(state="waiting", attempts=9, created_at=timezone.now() - timedelta(hours=2))
    assert {check["name"]: check["status"] for check in doctor()}["uploads"] == "failed"
