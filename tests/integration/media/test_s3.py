"""The S3 storage on a real server: conditions, checksums, parts, ranges, and the whole pipeline on a bucket."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from media_pipeline.available_renditions import url_of
from media_pipeline.checks import doctor
from media_pipeline.models import Asset
from media_pipeline.storage import s3
from media_pipeline.storage.base import KeyConflict, StorageAbsent, StorageError
from media_pipeline.storage.hashing import sha256_of
from media_pipeline.storage.s3 import S3Storage
from tests.integration.media.buckets import *  # noqa: F403
from tests.media_pipeline.fixtures import *  # noqa: F403
from tests.media_pipeline.fixtures import picture_bytes
from tests.services.http_faults import HttpFaults

pytestmark = [pytest.mark.service("s3"), pytest.mark.django_db(transaction=True)]


def test_bytes_come_back_whole_and_in_part(bucket: S3Storage, source_file: Path) -> None:
    bucket.put("d/x/file", source_file, sha256_of(source_file), "text/plain")
    assert b"".join(bucket.stream("d/x/file")) == b"0123456789"
    assert b"".join(bucket.stream("d/x/file", 2, 5)) == b"234"
    assert b"".join(bucket.stream("d/x/file", 7)) == b"789"
    assert [(each.key, each.size) for each in bucket.walk("d/")] == [("d/x/file", 10)]
    bucket.delete("d/x/file")
    assert bucket.stat("d/x/file") is None
    with pytest.raises(FileNotFoundError):
        bucket.stream("d/x/file")


def test_other_bytes_never_replace_what_is_there(bucket: S3Storage, source_file: Path, tmp_path: Path) -> None:
    bucket.put("o/key", source_file, sha256_of(source_file), "")
    bucket.put("o/key", source_file, sha256_of(source_file), "")
    other = tmp_path / "other"
    other.write_bytes(b"other-----")
    with pytest.raises(KeyConflict):
        bucket.put("o/key", other, sha256_of(other), "")
    assert b"".join(bucket.stream("o/key")) == b"0123456789"


def test_of_many_writers_at_once_one_wins_and_all_know(bucket: S3Storage, tmp_path: Path) -> None:
    outcomes: list[str] = []

    def write(number: int) -> None:
        path = tmp_path / str(number)
        path.write_bytes(b"%06d" % number)
        try:
            bucket.put("o/raced", path, sha256_of(path), "")
            outcomes.append("won")
        except KeyConflict:
            outcomes.append("lost")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["lost"] * 11 + ["won"]


def test_a_wrong_checksum_is_refused_by_the_server(bucket: S3Storage, source_file: Path) -> None:
    with pytest.raises(StorageError):
        bucket.put("o/wrong", source_file, "00" * 32, "")
    assert bucket.stat("o/wrong") is None


def test_large_files_go_in_parts_and_leave_none_behind(bucket: S3Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "MULTIPART_ABOVE", 6 * 1024 * 1024)
    monkeypatch.setattr(s3, "PART", 5 * 1024 * 1024)
    path = tmp_path / "large"
    path.write_bytes(bytes(range(256)) * 50_000)
    bucket.put("o/large", path, sha256_of(path), "video/mp4")
    bucket.put("o/large", path, sha256_of(path), "video/mp4")
    assert b"".join(bucket.stream("o/large", 12_799_990)) == bytes(range(246, 256))
    assert not list(bucket.client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket.bucket).search("Uploads[]"))[1:]


def test_a_put_that_breaks_off_leaves_no_part_upload(bucket: S3Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "MULTIPART_ABOVE", 6 * 1024 * 1024)
    monkeypatch.setattr(s3, "PART", 5 * 1024 * 1024)
    path = tmp_path / "large"
    path.write_bytes(bytes(13_000_000))
    real, calls = bucket.client.upload_part, []

    def breaks(**options: Any) -> Any:
        calls.append(options["PartNumber"])
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**options)

    monkeypatch.setattr(bucket.client, "upload_part", breaks)
    with pytest.raises(KeyboardInterrupt):
        bucket.put("o/broken", path, sha256_of(path), "")
    assert not bucket.client.list_multipart_uploads(Bucket=bucket.bucket).get("Uploads")
    assert bucket.stat("o/broken") is None


def test_another_bucket_or_a_wrong_secret_is_an_outage(bucket: S3Storage, settings: Any) -> None:
    with pytest.raises(StorageAbsent):
        S3Storage("no-such-bucket").require()
    settings.S3_SECRET_ACCESS_KEY = "wrong"
    with pytest.raises(StorageAbsent):
        S3Storage(bucket.bucket, "kho/").require()


def test_errors_of_the_server_are_retried_and_then_raised(bucket: S3Storage, source_file: Path, settings: Any, s3_url: str) -> None:
    port = int(s3_url.rpartition(":")[2])
    with HttpFaults("127.0.0.1", port) as proxy:
        settings.S3_ENDPOINT_URL = f"http://{proxy.address}"
        through = S3Storage(bucket.bucket, "kho/")
        proxy.fail = 1
        through.put("o/retried", source_file, sha256_of(source_file), "")
        proxy.fail = 50
        fresh = S3Storage(bucket.bucket, "kho/")  # the other one still has a connection that works
        with pytest.raises(StorageError):
            fresh.put("o/given-up", source_file, sha256_of(source_file), "")
    assert bucket.stat("o/retried")
    assert bucket.stat("o/given-up") is None


def test_moving_to_quarantine_keeps_the_bytes(bucket: S3Storage, source_file: Path) -> None:
    bucket.put("o/aa/key", source_file, sha256_of(source_file), "")
    bucket.move("o/aa/key", "q/now/o-aa-key")
    assert bucket.stat("o/aa/key") is None
    assert b"".join(bucket.stream("q/now/o-aa-key")) == b"0123456789"


def test_upload_processing_and_delivery_work_on_a_bucket(
    bucket: S3Storage,
    take: Callable[..., Asset],
    work_off: Callable[[], int],
    client: Client,
    settings: Any,
) -> None:
    asset = take(picture_bytes())
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    url = url_of(asset, "original")
    assert b"".join(client.get(url).streaming_content) == picture_bytes()  # type: ignore[attr-defined]
    ranged = client.get(url, headers={"range": "bytes=5-9"})
    assert (ranged.status_code, b"".join(ranged.streaming_content)) == (206, picture_bytes()[5:10])  # type: ignore[attr-defined]
    settings.MEDIA_DELIVERY = "redirect"
    answer = client.get(url_of(asset, asset.current[0].name))
    assert answer.status_code == 307
    assert "X-Amz-Expires=45" in answer["Location"]
    assert client.get(url).status_code == 200
    assert next(each for each in doctor() if each["name"] == "storage")["status"] == "ok"
