"""Only an erasure by order deletes an original: what no row names goes to quarantine, and comes back when a row names it again."""

import ast
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from media_pipeline.models import Asset, Blob, BlobCopy
from media_pipeline.preservation import erasure, fixity, quarantine, sweeper
from media_pipeline.storage.base import NoOrderError, StorageError, StorageFull
from media_pipeline.storage.local import LocalStorage
from tests.measures import PROJECT, source_files
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)
Take = Callable[..., Asset]


def restore_an_older_database(media: LocalStorage) -> list[dict[str, Any]]:
    """The rows of all originals are gone, their files are two days old; returns the rows as the right database has them."""
    rows = list(Blob.objects.values())
    Asset.objects.all().delete()
    Blob.objects.all().delete()
    for stat in media.walk("o/"):
        old = (timezone.now() - timedelta(days=2)).timestamp()
        os.utime(media.path(stat.key), (old, old))
    return rows


def test_after_a_restore_originals_go_to_quarantine_and_come_back(
    take: Take, media: LocalStorage, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = {take(picture_bytes((100, 100 + number))).original.key for number in range(3)}
    rows = restore_an_older_database(media)
    call_command("sweep", "--orphans")
    told = capsys.readouterr().out
    assert all(key in told for key in keys)
    assert not list(media.walk("o/"))
    call_command("quarantine")
    assert "quarantine: 3," in capsys.readouterr().out
    Blob.objects.bulk_create(Blob(**row) for row in rows)
    call_command("quarantine", "--put-back")
    assert "put back: 3" in capsys.readouterr().out
    assert {stat.key for stat in media.walk("o/")} == keys
    assert fixity.verify(Blob.objects.all()) == {"ok": 3}
    assert not list(media.walk("q/"))


def test_a_young_original_without_a_row_is_left_alone(take: Take, media: LocalStorage) -> None:
    take(picture_bytes())
    Asset.objects.all().delete()
    Blob.objects.all().delete()
    assert quarantine.move_untracked() == []
    assert list(media.walk("o/"))


def test_an_original_whose_row_is_written_meanwhile_goes_straight_back(
    take: Take, media: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(picture_bytes())
    (row,) = restore_an_older_database(media)
    real = quarantine.move_in

    def move_in(*args: Any, **options: Any) -> str:
        place = real(*args, **options)
        Blob.objects.create(**row)
        return place

    monkeypatch.setattr(quarantine, "move_in", move_in)
    assert quarantine.move_untracked() == []
    assert media.stat(row["key"])


def test_what_lies_damaged_in_quarantine_does_not_come_back(take: Take, media: LocalStorage) -> None:
    original = take(picture_bytes()).original
    media.path(original.key).chmod(0o600)
    media.path(original.key).write_bytes(b"rotten")
    quarantine.move_in(media, original.key, original)
    assert quarantine.put_back() == []
    assert not media.stat(original.key)


def test_what_was_erased_by_order_does_not_come_back(take: Take, media: LocalStorage) -> None:
    asset = take(picture_bytes())
    Blob.objects.update(state="erased")
    quarantine.move_in(media, asset.original.key, asset.original)
    assert quarantine.put_back() == []
    Blob.objects.update(checked_at=None)
    erasure.remove_erased()
    assert not list(media.walk("q/"))


def test_an_original_that_no_asset_uses_stays(take: Take, media: LocalStorage) -> None:
    take(picture_bytes())
    Asset.objects.all().delete()
    Blob.objects.update(created_at=timezone.now() - timedelta(days=99))
    sweeper.sweep()
    assert Blob.objects.count() == len(list(media.walk("o/"))) == 1


@pytest.mark.parametrize("key", ["o/ab/cd/abcd", "q/2026/o-ab-cd-abcd"])
def test_a_storage_deletes_originals_and_quarantine_by_order_only(media: LocalStorage, key: str) -> None:
    with pytest.raises(NoOrderError):
        media.delete(key)
    media.delete(key, by_order=True)


def test_only_erasure_gives_the_order() -> None:
    """And the bucket itself, which has no renaming: there moving is copying and deleting."""
    giving = {
        str(path.relative_to(PROJECT))
        for path in source_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "by_order" and getattr(node.value, "value", None) is True
    }
    assert giving == {"media_pipeline/preservation/erasure.py", "media_pipeline/storage/s3.py"}


def test_an_unreadable_original_stands_in_nobodys_way(
    take: Take, media: LocalStorage, second: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = take(picture_bytes()).original, take(picture_bytes((300, 200))).original
    real = LocalStorage.stream

    def stream(storage: LocalStorage, key: str, *args: Any) -> Any:
        if key == bad.key and storage.alias == "main":
            raise StorageError("Input/output error")
        return real(storage, key, *args)

    monkeypatch.setattr(LocalStorage, "stream", stream)
    while fixity.copy_next():
        pass
    assert BlobCopy.objects.get().blob == good
    assert fixity.verify(fixity.due(now=True)) == {"ok": 1, "unreadable": 1}


def test_a_full_second_storage_is_raised_for_the_loop_to_wait(take: Take, second: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    take(picture_bytes())

    def full(*args: Any) -> None:
        raise StorageFull("No space left on device")

    monkeypatch.setattr(LocalStorage, "put", full)
    with pytest.raises(StorageFull):
        fixity.copy_next()
    assert Blob.objects.get().state == "ok"
