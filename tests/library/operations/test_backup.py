"""Backup and restore lose nothing: after a lost machine, a kill at any step, an older database beside newer originals."""

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from library.operations.backup import make_backup
from library.operations.restore import restore
from library.operations.snapshots import BackupError, complete, read_manifest
from library.records.models import Record
from media_pipeline.jobs.runner import run_one
from media_pipeline.models import Asset, Blob
from media_pipeline.models.blobs import ByteState
from media_pipeline.preservation import erasure
from media_pipeline.storage.base import StorageAbsent
from media_pipeline.storage.local import LocalStorage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.skipif("sqlite" not in connection.vendor, reason="of SQLite")]
Add = Callable[[str, str], Record]


class Killed(BaseException):
    """The process ends here: nothing catches this."""


class DyingStorage(LocalStorage):
    """A storage whose process is killed in its n-th put, before or after the bytes are there."""

    def __init__(self, storage: LocalStorage, puts: int, *, after: bool) -> None:
        super().__init__(storage.root, storage.alias)
        self.puts, self.after = puts, after

    def put(self, key: str, source: Path, sha256: str, mime: str) -> None:
        self.puts -= 1
        if self.puts < 0 and not self.after:
            raise Killed
        super().put(key, source, sha256, mime)
        if self.puts < 0:
            raise Killed


def test_a_picture_of_an_editorial_page_that_is_deleted_meanwhile_is_named_and_the_others_are_kept(
    main: LocalStorage, target: LocalStorage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(settings.MEDIA_ROOT, "images")
    folder.mkdir(parents=True)
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (folder / name).write_bytes(name.encode())
    add = tarfile.TarFile.add

    def deleted_by_somebody(tar: tarfile.TarFile, name: Path, *arguments: Any, **options: Any) -> None:
        if name.name == "a.jpg":
            (folder / "b.jpg").unlink()
        add(tar, name, *arguments, **options)

    monkeypatch.setattr(tarfile.TarFile, "add", deleted_by_somebody)
    lines: list[str] = []
    manifest = make_backup(target, keep=3, report=lines.append)
    assert manifest.problems == [] and "editorial: images/b.jpg: deleted meanwhile" in lines
    shutil.rmtree(settings.MEDIA_ROOT)
    restore(target)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.jpg": b"a.jpg", "c.jpg": b"c.jpg"}


def _originals(storage: LocalStorage) -> dict[str, bytes]:
    return {stat.key: storage.path(stat.key).read_bytes() for stat in storage.walk("o/")}


def _lose(main: LocalStorage) -> None:
    """The disk with the files is gone, and the database holds something else."""
    shutil.rmtree(main.root)
    Record.objects.all().delete()


def _nothing_differs() -> None:
    call_command("reconcile")  # ends the process with 1 when index and database differ


def test_a_lost_machine_comes_back_whole(main, target, add_record: Add):
    records = [add_record("Hội Gióng", "red"), add_record("Hội Lim", "green")]
    before = _originals(main)
    manifest = make_backup(target, keep=3)
    assert (manifest.original_count, manifest.problems) == (2, [])
    _lose(main)
    done = restore(target, new_storage=True)
    assert (done.differing, done.problems, done.copied, done.untracked, done.made_again) == ([], [], 2, 0, 2)
    assert _originals(main) == before
    while run_one():
        pass
    assert set(Asset.objects.values_list("state", flat=True)) == {Asset.State.READY}
    assert {record.title_vi for record in Record.objects.filter(live=True)} == {record.title_vi for record in records}
    _nothing_differs()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("puts", range(5))
def test_a_backup_killed_at_any_step_leaves_the_last_one_good_and_the_next_one_whole(main, target, add_record: Add, puts, after):
    add_record("Hội Gióng", "red")
    first = make_backup(target, keep=3)
    add_record("Hội Lim", "green")
    add_record("Hội Chùa Hương", "blue")
    with pytest.raises(Killed):
        make_backup(DyingStorage(target, puts, after=after), keep=3)
    assert read_manifest(target, first.stamp) == first
    call_command("backup", str(target.root))
    newest = read_manifest(target, complete(target)[-1])
    assert (newest.original_count, newest.problems) == (3, [])
    assert _originals(target) == _originals(main)


def test_an_older_database_beside_newer_originals_loses_neither(main, target, add_record: Add):
    add_record("Hội Gióng", "red")
    make_backup(target, keep=3)
    add_record("Hội mới", "green")
    before = _originals(main)
    done = restore(target)
    assert (done.differing, done.copied, done.untracked, done.made_again) == ([], 0, 1, 0)
    assert _originals(main) == before
    assert not Record.objects.filter(title_vi="Hội mới").exists()
    _nothing_differs()


@pytest.mark.parametrize("puts", range(3))
def test_a_restore_killed_on_the_way_is_carried_through_by_the_next(main, target, add_record: Add, monkeypatch, puts):
    for title, colour in (("Hội Gióng", "red"), ("Hội Lim", "green"), ("Hội Chùa Hương", "blue")):
        add_record(title, colour)
    before = _originals(main)
    make_backup(target, keep=3)
    _lose(main)
    dying = DyingStorage(main, puts, after=False)
    with monkeypatch.context() as patch:
        patch.setattr("library.operations.restore.main_storage", lambda **_options: dying)
        with pytest.raises(Killed):
            restore(target, new_storage=True)
    done = restore(target)
    assert (done.differing, done.problems, done.copied) == ([], [], 3 - puts)
    assert _originals(main) == before
    _nothing_differs()


def test_an_erased_original_leaves_the_backups_and_never_comes_back(main, target, add_record: Add):
    record = add_record("Hội Gióng", "red")
    first = make_backup(target, keep=3)
    erasure.erase(record.media.get().asset, reason="gia đình xin rút")
    make_backup(target, keep=3)
    assert _originals(target) == {}
    done = restore(target, first.stamp)
    assert (done.erased, done.copied, done.problems) == (1, 0, [])
    assert Blob.objects.get(area="original").state == ByteState.ERASED
    assert _originals(main) == {}


def test_a_damaged_original_is_named_and_a_good_second_copy_is_taken(main, target, add_record: Add, settings, tmp_path):
    blob = add_record("Hội Gióng", "red").media.get().asset.original
    good = main.path(blob.key).read_bytes()
    main.path(blob.key).chmod(0o640)
    main.path(blob.key).write_bytes(good[:-1] + b"x")
    assert [blob.key in problem for problem in make_backup(target, keep=3).problems] == [True]
    settings.MEDIA_COPIES = {"second": str(tmp_path / "second")}
    second = LocalStorage(tmp_path / "second", "second")
    second.prepare()
    (tmp_path / "good").write_bytes(good)
    second.put(blob.key, tmp_path / "good", blob.sha256, blob.mime)
    assert make_backup(target, keep=3).problems == []
    assert _originals(target) == {blob.key: good}


def test_damage_in_the_backup_itself_is_found_and_mended(main, target, add_record: Add):
    blob = add_record("Hội Gióng", "red").media.get().asset.original
    make_backup(target, keep=3)
    path = target.path(blob.key)
    path.chmod(0o640)
    path.write_bytes(b"x" * blob.size)
    make_backup(target, keep=3, verify=True)
    assert _originals(target) == _originals(main)


def test_a_damaged_original_beside_the_backup_is_replaced_and_the_rest_is_brought_too(main, target, add_record: Add):
    damaged = add_record("Hội Gióng", "red").media.get().asset.original
    lost = add_record("Hội Lim", "green").media.get().asset.original
    before = _originals(main)
    make_backup(target, keep=3)
    main.path(damaged.key).chmod(0o640)
    main.path(damaged.key).write_bytes(b"cut short")
    main.path(lost.key).unlink()
    done = restore(target)
    assert (done.copied, done.problems) == (2, [])
    assert _originals(main) == before
    assert [main.path(stat.key).read_bytes() for stat in main.walk("q/")] == [b"cut short"]


def test_a_changed_database_file_is_never_loaded(main, target, add_record: Add):
    add_record("Hội Gióng", "red")
    manifest = make_backup(target, keep=3)
    path = target.path(manifest.database.key)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(BackupError, match="changed"):
        restore(target)
    assert Record.objects.filter(title_vi="Hội Gióng").exists()


def test_a_disk_that_is_not_mounted_is_no_place_for_a_backup(main, tmp_path):
    with pytest.raises(StorageAbsent):
        make_backup(LocalStorage(tmp_path / "not-mounted", "backup"), keep=3)
    with pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "not-mounted"))


def test_only_the_newest_databases_are_kept_and_all_originals(main, target, add_record: Add, monkeypatch: Any):
    add_record("Hội Gióng", "red")
    stamps = []
    for number in range(3):
        monkeypatch.setattr("library.operations.backup._stamp", lambda number=number: f"2026112{number}T000000Z")
        stamps.append(make_backup(target, keep=2).stamp)
    assert complete(target) == stamps[1:]
    assert {stat.key.split("/")[1] for stat in target.walk("s/")} == set(stamps[1:])
    assert len(_originals(target)) == 1


def test_the_present_database_is_replaced_only_when_told(main, target, add_record: Add):
    make_backup(target, keep=3)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(target.root))


def test_the_manifest_says_what_is_there(main, target, add_record: Add):
    add_record("Hội Gióng", "red")
    manifest = make_backup(target, keep=3)
    stored = json.loads(target.path(f"s/{manifest.stamp}/manifest.json").read_text())
    assert stored["tables"]["records_record"] == 1
    listed = target.path(manifest.originals.key).read_text().split("\t")
    assert listed[0] in _originals(main)
