"""A storage that is slow, hung, cut off or gone: readers and uploaders get an answer, jobs wait, nothing is half stored."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline import storage
from media_pipeline.available_renditions import url_of
from media_pipeline.errors import Waiting
from media_pipeline.models import Asset, Blob
from media_pipeline.storage import main_storage, s3
from media_pipeline.storage.base import StorageError
from media_pipeline.storage.hashing import sha256_of
from media_pipeline.storage.s3 import S3Storage
from tests.integration.media.buckets import *  # noqa: F403
from tests.media_pipeline.fixtures import *  # noqa: F403
from tests.media_pipeline.fixtures import picture_bytes
from tests.services.toxics import Toxics

pytestmark = [pytest.mark.service("s3", "toxiproxy"), pytest.mark.django_db(transaction=True)]

Take, WorkOff = Callable[..., Asset], Callable[[], int]
ILLS: dict[str, Callable[[Toxics], None]] = {
    "hung": lambda proxy: proxy.add("timeout", timeout=0),
    "reset": lambda proxy: proxy.add("reset_peer", timeout=0),
    "slower than a reader waits": lambda proxy: proxy.add("latency", latency=30_000),
    "refused": Toxics.refuse,
}


@pytest.fixture
def proxy(toxiproxy_url: str, s3_url: str, bucket: S3Storage, settings: Any) -> Iterator[Toxics]:
    """The bucket of ``bucket``, reached through a proxy. Everybody is patient: a slow machine is no ill."""
    with Toxics(toxiproxy_url, s3_url.removeprefix("http://")) as toxics, patience(60):
        settings.S3_ENDPOINT_URL = f"http://{toxics.address}"
        yield toxics


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Readers and workers wait so long for a byte of the storage."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("PATIENCE", "IMPATIENCE"):
            patched.setattr(s3, name, (seconds, seconds))
        storage._storage_at.cache_clear()
        yield
    storage._storage_at.cache_clear()


@contextmanager
def ailing(proxy: Toxics, ill: str) -> Iterator[None]:
    """The storage has this ill, and is well again afterwards; nobody is patient, or a hung storage would cost minutes."""
    with patience(1):
        ILLS[ill](proxy)
        yield
        proxy.heal()


def keys(bucket: S3Storage) -> set[str]:
    return {each.key for area in ("o/", "d/", "u/", "q/") for each in bucket.walk(area)}


@pytest.mark.parametrize("ill", ILLS)
def test_a_reader_gets_503_while_the_storage_is_away(proxy: Toxics, take: Take, client: Client, ill: str) -> None:
    address = url_of(take(picture_bytes()), "original")
    with ailing(proxy, ill):
        answer = client.get(address)
    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store"
    assert "Kho tệp đang không trả lời" in answer.content.decode()
    assert b"".join(client.get(address).streaming_content) == picture_bytes()  # type: ignore[attr-defined]


@pytest.mark.parametrize("ill", ILLS)
def test_a_file_waits_and_leaves_nothing_half_stored(proxy: Toxics, bucket: S3Storage, take: Take, ill: str) -> None:
    with ailing(proxy, ill), pytest.raises(Waiting) as waiting:
        take(picture_bytes())
    assert (waiting.value.code, waiting.value.status) == ("storage_absent", 503)
    assert not Asset.objects.exists()
    assert not Blob.objects.exists()
    assert not keys(bucket)


@pytest.mark.parametrize("ill", ILLS)
def test_work_waits_and_ends_well(proxy: Toxics, bucket: S3Storage, take: Take, work_off: WorkOff, ill: str) -> None:
    asset = take(picture_bytes())
    with ailing(proxy, ill):
        assert work_off() == 1
    job = asset.jobs.get()
    assert (job.state, job.error_code, job.attempts) == ("waiting", "storage_absent", 0)
    assert keys(bucket) == {asset.original.key}
    asset.jobs.update(next_try_at=timezone.now())
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert keys(bucket) == {asset.original.key} | {each.blob.key for each in asset.current}


def test_a_slow_storage_is_only_slow(proxy: Toxics, bucket: S3Storage, take: Take, work_off: WorkOff) -> None:
    proxy.add("bandwidth", stream="upstream", rate=500)
    proxy.add("latency", latency=100)
    asset = take(picture_bytes((1200, 800)))
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY


def test_a_connection_cut_in_the_middle_of_a_large_file_leaves_nothing(
    proxy: Toxics, bucket: S3Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "MULTIPART_ABOVE", 6 * 1024 * 1024)
    monkeypatch.setattr(s3, "PART", 5 * 1024 * 1024)
    path = tmp_path / "large"
    path.write_bytes(bytes(13_000_000))
    proxy.add("limit_data", stream="upstream", bytes=2_000_000)  # every connection ends in the middle of a part
    with pytest.raises(StorageError):
        main_storage().put("o/cut", path, sha256_of(path), "")
    assert bucket.stat("o/cut") is None
    assert not bucket.client.list_multipart_uploads(Bucket=bucket.bucket).get("Uploads")
    proxy.heal()
    main_storage().put("o/cut", path, sha256_of(path), "")
    assert bucket.stat("o/cut")


def test_a_web_request_is_free_again_soon() -> None:
    """What readers wait for at most, added up from the settings: no timed test can say it on a busy machine."""
    connect, read = s3.IMPATIENCE
    slowest_backoff = sum(2**attempt for attempt in range(s3.ATTEMPTS - 1))  # botocore's "standard": at most 2^n seconds
    assert s3.ATTEMPTS * max(connect, read) + slowest_backoff <= 15
