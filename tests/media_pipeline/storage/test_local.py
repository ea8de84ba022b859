"""A key is written once, whole or not at all."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.storage.base import KeyConflict, StorageAbsent, StorageFull
from media_pipeline.storage.hashing import sha256_of
from media_pipeline.storage.local import LocalStorage


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "given"
    path.write_bytes(b"0123456789")
    return path


def test_bytes_come_back_whole_and_in_part(media: LocalStorage, given: Path) -> None:
    media.put("d/x/file", given, sha256_of(given), "text/plain")
    assert b"".join(media.stream("d/x/file")) == b"0123456789"
    assert b"".join(media.stream("d/x/file", 2, 5)) == b"234"
    stat = media.stat("d/x/file")
    assert stat is not None
    assert stat.size == 10
    assert [each.key for each in media.walk("d/")] == ["d/x/file"]
    assert not list((media.root / "tmp").iterdir())


def test_equal_bytes_again_are_a_success_and_other_bytes_never_replace_them(media: LocalStorage, given: Path, tmp_path: Path) -> None:
    media.put("o/key", given, sha256_of(given), "")
    media.put("o/key", given, sha256_of(given), "")
    other = tmp_path / "other"
    other.write_bytes(b"other")
    with pytest.raises(KeyConflict):
        media.put("o/key", other, sha256_of(other), "")
    assert b"".join(media.stream("o/key")) == b"0123456789"


def test_a_full_disk_leaves_no_part_behind(media: LocalStorage, given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        media.put("k", given, sha256_of(given), "")
    assert media.stat("k") is None
    assert not list((media.root / "tmp").iterdir())


def test_an_unmounted_folder_is_an_outage(tmp_path: Path, given: Path) -> None:
    empty = LocalStorage(tmp_path / "mount-point")
    empty.root.mkdir()
    with pytest.raises(StorageAbsent):
        empty.require()


@pytest.mark.parametrize("key", ["../escape", "a/../../b", "/etc/hostname"])
def test_a_key_cannot_leave_the_folder(media: LocalStorage, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        media.stat(key)


def test_moving_to_quarantine_keeps_the_bytes(media: LocalStorage, given: Path) -> Any:
    media.put("o/aa/key", given, sha256_of(given), "")
    media.move("o/aa/key", "q/now/o-aa-key")
    assert media.stat("o/aa/key") is None
    assert b"".join(media.stream("q/now/o-aa-key")) == b"0123456789"
