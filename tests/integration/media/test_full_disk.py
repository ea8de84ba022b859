"""A disk that is really full: a small file system of its own for scratch or for storage."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from media_pipeline.errors import Waiting
from media_pipeline.models import Asset, Blob
from media_pipeline.processes import scratch
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline.fixtures import *  # noqa: F403
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]
KB = 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A file system of so many KB; called again it has that size from then on."""
    folder = tmp_path / "small"
    folder.mkdir()

    def resized(size: int) -> Path:
        remount = ["-o", f"remount,size={size}k"] if folder.is_mount() else ["-o", f"size={size}k"]
        done = subprocess.run(["mount", "-t", "tmpfs", *remount, "none", str(folder)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here ({done.stderr.strip()}): a full disk was not tested")
        return folder

    yield resized
    if folder.is_mount():
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(autouse=True)
def no_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes meet the full disk themselves; usually they are refused long before."""
    monkeypatch.setattr(scratch, "RESERVE", 0)


def nothing_was_kept(folder: Path) -> bool:
    left = [each for each in folder.rglob("*") if each.is_file() and each.stat().st_size]
    return not left and not Asset.objects.exists() and not Blob.objects.exists()


def test_an_upload_that_does_not_fit_leaves_nothing_behind(small_disk: Callable[[int], Path], take: Take, settings: Any) -> None:
    settings.MEDIA_SCRATCH = small_disk(16)
    with pytest.raises(Waiting) as waiting:
        take(b"\xff\xd8\xff" + bytes(100 * KB))
    assert (waiting.value.code, waiting.value.status) == ("disk_full", 507)
    assert nothing_was_kept(settings.MEDIA_SCRATCH)


def test_an_original_that_the_storage_cannot_hold_leaves_nothing(small_disk: Callable[[int], Path], take: Take, settings: Any) -> None:
    folder = small_disk(64)
    settings.MEDIA_STORAGE = str(folder)
    LocalStorage(folder).prepare()
    prepared = {each for each in folder.rglob("*") if each.is_file()}
    picture = picture_bytes((1200, 900), "PNG", "RGB")
    big = picture + bytes(200 * KB)
    with pytest.raises(Waiting) as waiting:
        take(big, "ảnh.png")
    assert waiting.value.code == "disk_full"
    assert {each for each in folder.rglob("*") if each.is_file()} == prepared
    assert not Asset.objects.exists()


def test_work_waits_for_room_and_goes_on_by_itself(small_disk: Callable[[int], Path], take: Take, work_off: WorkOff, settings: Any) -> None:
    asset = take(picture_bytes((1600, 1200)))
    settings.MEDIA_SCRATCH = small_disk(64)
    assert work_off() == 1
    job = asset.jobs.get()
    assert (job.state, job.error_code, job.attempts) == ("waiting", "disk_full", 0)
    assert not list(scratch.area(scratch.JOBS).iterdir())
    small_disk(64 * KB)
    asset.jobs.update(next_try_at=timezone.now())
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
