"""A key is written once, whole or not at all."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.storage import local
from media_pipeline.storage.base import KeyConflict, StorageAbsent, StorageError, StorageFull
from media_pipeline.storage.hashing import sha256_of
from media_pipeline.storage.local import LocalStorage


@pytest.fixture
def source_file(tmp_path: Path) -> Path:
    path = tmp_path / "source_file"
    path.write_bytes(b"0123456789")
    return path


def test_bytes_come_back_whole_and_in_part(media: LocalStorage, source_file: Path) -> None:
    media.put("d/x/file", source_file, sha256_of(source_file), "text/plain")
    assert b"".join(media.stream("d/x/file")) == b"0123456789"
    assert b"".join(media.stream("d/x/file", 2, 5)) == b"234"
    stat = media.stat("d/x/file")
    assert stat is not None
    assert stat.size == 10
    assert [each.key for each in media.walk("d/")] == ["d/x/file"]
    assert not list((media.root / "tmp").iterdir())


def test_equal_bytes_again_are_a_success_and_other_bytes_never_replace_them(media: LocalStorage, source_file: Path, tmp_path: Path) -> None:
    media.put("o/key", source_file, sha256_of(source_file), "")
    media.put("o/key", source_file, sha256_of(source_file), "")
    other = tmp_path / "other"
    other.write_bytes(b"other")
    with pytest.raises(KeyConflict):
        media.put("o/key", other, sha256_of(other), "")
    assert b"".join(media.stream("o/key")) == b"0123456789"


def test_a_full_disk_leaves_no_part_behind(media: LocalStorage, source_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        media.put("k", source_file, sha256_of(source_file), "")
    assert media.stat("k") is None
    assert not list((media.root / "tmp").iterdir())


def test_an_unmounted_folder_is_an_outage(tmp_path: Path, source_file: Path) -> None:
    empty = LocalStorage(tmp_path / "mount-point")
    empty.root.mkdir()
    with pytest.raises(StorageAbsent):
        empty.require()


@pytest.mark.parametrize("key", ["../escape", "a/../../b", "/etc/hostname"])
def test_a_key_cannot_leave_the_folder(media: LocalStorage, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        media.stat(key)


def test_moving_to_quarantine_keeps_the_bytes(media: LocalStorage, source_file: Path) -> Any:
    media.put("o/aa/key", source_file, sha256_of(source_file), "")
    media.move("o/aa/key", "q/now/o-aa-key")
    assert media.stat("o/aa/key") is None
    assert b"".join(media.stream("q/now/o-aa-key")) == b"0123456789"


@pytest.mark.parametrize("call", ["stat", "stream", "delete", "walk", "move"])
def test_an_error_of_the_disk_is_the_storages_own(media: LocalStorage, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def broken(*args: Any, **options: Any) -> Any:
        error = OSError(errno.EIO, "Input/output error")
        if onerror := options.get("onerror"):
            onerror(error)
        raise error

    for place, name in [(Path, "stat"), (Path, "open"), (Path, "unlink"), (Path, "rename"), (os, "walk")]:
        monkeypatch.setattr(place, name, broken)
    with pytest.raises(StorageError):
        list(getattr(media, call)("d/x/a", *(["d/x/b"] if call == "move" else [])))


def test_what_a_killed_put_left_is_removed_after_a_day(media: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    left = media.root / "tmp" / "left"
    left.write_bytes(b"half")
    assert media.abort_leftovers() == 0
    monkeypatch.setattr(local, "LEFTOVER_SECONDS", -60)
    assert media.abort_leftovers() == 1
    assert not left.exists()
