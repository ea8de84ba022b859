"""Planted damage is found, nothing else is, and the second copy mends it.

FIXITY_ORIGINALS says among how many; the full measure of the goal is 1000.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from media_pipeline.models import Asset, Blob, BlobCopy, FixityEvent
from media_pipeline.preservation import fixity
from media_pipeline.storage import original_key
from media_pipeline.storage.hashing import sha256_of
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline.fixtures import picture_bytes

ORIGINALS = int(os.environ.get("FIXITY_ORIGINALS", "60"))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def originals(media: LocalStorage, tmp_path: Path) -> list[Blob]:
    """Originals with their rows."""
    blobs = []
    for number in range(ORIGINALS):
        path = tmp_path / "source"
        path.write_bytes(random.Random(number).randbytes(2000))
        digest = sha256_of(path)
        media.put(original_key(digest), path, digest, "text/plain")
        path.unlink()
        blobs.append(
            Blob.objects.create(area="original", sha256=digest, size=2000, key=original_key(digest), mime="text/plain", state="ok")
        )
    return blobs


def flip_one_bit(path: Path) -> None:
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def test_copies_are_made_once_and_read_back(originals: list[Blob], second: LocalStorage) -> None:
    while fixity.copy_next():
        pass
    assert BlobCopy.objects.filter(state="ok").count() == len(originals)
    assert len(list(second.walk("o/"))) == len(originals)


def test_planted_damage_is_found_exactly_and_repaired(originals: list[Blob], media: LocalStorage, second: LocalStorage) -> None:
    while fixity.copy_next():
        pass
    for blob in originals[:20]:
        flip_one_bit(media.path(blob.key))
    for blob in originals[20:25]:
        media.path(blob.key).unlink()
    for number in range(3):
        stranger = media.path(f"o/zz/zz/stranger{number}")
        stranger.parent.mkdir(parents=True, exist_ok=True)
        stranger.write_bytes(b"who am I")
    counts = fixity.verify(list(fixity.due(now=True)))
    assert counts == {"repaired": 25, "ok": ORIGINALS - 25}
    assert len(fixity.find_untracked()) == 3
    assert fixity.verify(list(fixity.due(now=True))) == {"ok": ORIGINALS}
    assert len(list(media.walk("q/"))) == 20
    events = FixityEvent.objects.filter(storage="main", action="check")
    assert events.filter(outcome="damaged").count() == 20
    assert events.filter(outcome="missing").count() == 5


def test_damage_in_the_copy_is_repaired_from_the_original(originals: list[Blob], second: LocalStorage) -> None:
    while fixity.copy_next():
        pass
    flip_one_bit(second.path(originals[0].key))
    second.path(originals[1].key).unlink()
    assert fixity.verify(originals) == {"ok": ORIGINALS}
    assert sha256_of(second.path(originals[0].key)) == originals[0].sha256
    assert sha256_of(second.path(originals[1].key)) == originals[1].sha256


def test_when_both_are_bad_both_are_kept_and_reported(originals: list[Blob], media: LocalStorage, second: LocalStorage) -> None:
    while fixity.copy_next():
        pass
    flip_one_bit(media.path(originals[0].key))
    flip_one_bit(second.path(originals[0].key))
    assert fixity.verify(originals[:1]) == {"damaged": 1}
    assert fixity.open_problems() == 1
    assert media.path(originals[0].key).exists()
    assert FixityEvent.objects.filter(outcome="both_bad").count() == 1


def test_an_absent_storage_is_one_outage_and_no_losses(originals: list[Blob], media: LocalStorage) -> None:
    shutil.rmtree(media.root)
    media.root.mkdir()
    assert fixity.verify(originals) == {}
    assert not Blob.objects.exclude(state="ok").exists()
    assert FixityEvent.objects.get().action == "outage"


def test_a_check_is_due_after_a_month(originals: list[Blob]) -> None:
    from datetime import timedelta

    assert not fixity.check_next()
    Blob.objects.filter(pk=originals[0].pk).update(checked_at=timezone.now() - timedelta(days=31))
    assert fixity.check_next()
    assert not fixity.check_next()


def test_a_damaged_derivative_is_made_again(take: Callable[..., Asset], work_off: Callable[[], int], media: LocalStorage) -> None:
    asset = take(picture_bytes((300, 200)))
    work_off()
    derivative = asset.current[0]
    flip_one_bit(media.path(derivative.blob.key))
    assert fixity.verify([derivative.blob]) == {"damaged": 1}
    assert work_off() == 1
    assert sha256_of(media.path(derivative.blob.key)) == derivative.blob.sha256
    assert fixity.verify([derivative.blob]) == {"ok": 1}
