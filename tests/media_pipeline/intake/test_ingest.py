"""The verb ingest: whole and stored, or refused and nothing left."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.errors import Waiting
from media_pipeline.intake.ingest import Refused
from media_pipeline.models import Asset, Blob, MediaJob
from media_pipeline.probe import MediaInfo
from media_pipeline.processes import ffmpeg, scratch
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db

Take = Callable[..., Asset]


def test_an_original_is_stored_under_its_hash_with_its_work_queued(take: Take, media: LocalStorage) -> None:
    data = picture_bytes()
    asset = take(data, "Lễ hội.jpg", declared_size=len(data), declared_sha256=hashlib.sha256(data).hexdigest().upper())
    blob = asset.original
    assert blob.key == f"o/{blob.sha256[:2]}/{blob.sha256[2:4]}/{blob.sha256}"
    assert b"".join(media.stream(blob.key)) == data
    assert (asset.kind, asset.width, asset.height, asset.state) == ("image", 900, 600, Asset.State.PROCESSING)
    assert [job.kind for job in asset.jobs.all()] == ["image"]
    assert not list(scratch.area(scratch.INGEST).iterdir())


def test_two_uploads_of_one_name_are_two_assets_and_equal_bytes_are_one_blob(take: Take) -> None:
    first, second, other = take(picture_bytes()), take(picture_bytes()), take(picture_bytes((40, 30)))
    assert first.uuid != second.uuid
    assert first.original == second.original != other.original
    assert Blob.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "options", "code", "status"),
    [
        (b"", {}, "empty", 422),
        (b"<html></html>", {}, "markup", 422),
        (picture_bytes(), {"declared_size": 5}, "size_differs", 422),
        (picture_bytes(), {"declared_sha256": "00" * 32}, "hash_differs", 422),
        (picture_bytes(), {"declared_size": 10**12}, "too_large_file", 413),
    ],
)
def test_a_refusal_leaves_nothing(take: Take, media: LocalStorage, data: bytes, options: dict[str, Any], code: str, status: int) -> None:
    with pytest.raises(Refused) as refusal:
        take(data, **options)
    assert (refusal.value.code, refusal.value.status) == (code, status)
    assert refusal.value.message
    assert not Asset.objects.exists()
    assert not Blob.objects.exists()
    assert not list(media.walk("o"))
    assert not list(scratch.area(scratch.INGEST).iterdir())


def test_the_name_and_the_declared_type_are_never_trusted(take: Take) -> None:
    asset = take(picture_bytes(kind="PNG"), "phim.mp4", declared_mime="text/html")
    assert (asset.kind, asset.format, asset.original.mime) == ("image", "png", "image/png")


def test_a_damaged_file_of_an_allowed_type_is_kept_with_its_reason(take: Take) -> None:
    asset = take(b"\x00\x00\x00\x18ftypisom" + bytes(2000), "hỏng.mp4")
    assert (asset.state, asset.problem) == (Asset.State.FAILED, "no_index")
    job = asset.jobs.get()
    assert (job.state, job.error_code) == (MediaJob.State.FAILED, "no_index")


def test_without_ffmpeg_a_film_is_taken_and_waits(take: Take, monkeypatch: pytest.MonkeyPatch, film: bytes) -> None:
    def absent() -> tuple[str, str]:
        raise Waiting("no_ffmpeg")

    monkeypatch.setattr(ffmpeg, "binaries", absent)
    asset = take(film, "phim.mp4")
    assert (asset.kind, asset.state) == ("video", Asset.State.PROCESSING)


def test_an_absent_storage_is_waited_for_and_no_new_one_is_started(take: Take, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_STORAGE = str(tmp_path / "not-mounted")
    with pytest.raises(Waiting, match="storage_absent"):
        take(picture_bytes())
    assert not Blob.objects.exists()


def test_good_bytes_take_the_place_of_damaged_ones_which_go_to_quarantine(take: Take, media: LocalStorage) -> None:
    asset = take(picture_bytes())
    path = media.path(asset.original.key)
    path.unlink()
    path.write_bytes(b"rotten")
    again = take(picture_bytes(), "lần hai.jpg")
    assert again.original == asset.original
    assert path.read_bytes() == picture_bytes()
    assert [media.path(each.key).read_bytes() for each in media.walk("q/")] == [b"rotten"]


def test_a_full_scratch_disk_is_reported_and_nothing_is_kept(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_needed: int) -> None:
        raise Waiting("disk_full")

    monkeypatch.setattr(scratch, "require_room", full)
    with pytest.raises(Waiting) as waiting:
        take(picture_bytes())
    assert waiting.value.status == 507
    assert not list(scratch.area(scratch.INGEST).iterdir())


def test_every_hostile_name_is_stored_under_our_own_key(take: Take, corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media_pipeline.intake.ingest.probe", lambda *_args: MediaInfo("image", "jpeg", "image/jpeg", 8, 8))
    lines = (corpora / "names_hostile.txt").read_text("utf-8").split("\n")[:-1]
    for line in lines:
        name = line.replace("\\u0000", "\x00").replace("\\r", "\r").replace("\\n", "\n")
        asset = take(picture_bytes((8, 8)), name)
        asset.refresh_from_db()
        assert asset.original.key.startswith("o/")
        assert asset.display_name.isprintable()
