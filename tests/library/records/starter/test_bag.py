"""The starter collection leaves as a bag and comes back as an equal collection of drafts; a bag that was touched is refused whole."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library.accounts.models import User
from library.exchange.actions import foreground
from library.exchange.actions.bags import connect, take
from library.exchange.actions.bags.read import read_bag
from library.exchange.actions.bags.reading import open_read_bag
from library.exchange.actions.exports import verbs
from library.exchange.actions.exports.work import advance_exports
from library.exchange.actions.match import run
from library.exchange.actions.receive import receive
from library.exchange.actions.work import advance_imports
from library.exchange.errors import SheetError
from library.exchange.formats import bag as bag_format
from library.exchange.models import Import
from library.exchange.sheets import archives
from library.records import signal_handlers
from library.records.models import Record, RecordMedia, RecordPerson, RecordRelation
from library.records.models.identifiers import ALPHABET, LENGTH, SHOULDER
from library.records.signals import announce
from library.vocabularies.loading.sync import Report
from media_pipeline.intake.ingest import ingest
from media_pipeline.models import Asset, Segment, TextTrack
from media_pipeline.storage import main_storage
from media_pipeline.tracks.copying import told
from tests.factories import make_office, make_user
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db
IDENTIFIER = re.compile(rf"{SHOULDER}[{ALPHABET}]{{{LENGTH + 1}}}")
#: What an import decides by itself: names of this library, the office, and that everything begins as a draft.
DECIDED_HERE = ("identifier", "source_key", "office", "state", "published")


@pytest.fixture
def officer(starter: Report, settings: Any, tmp_path: Path) -> User:
    """Somebody of the highest office, who sees every record; two records have a picture."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    main_storage().prepare()
    user = make_user("cataloguer", make_office("bo"))
    for at, record in enumerate(Record.objects.filter(live=True).order_by("pk")[:2]):
        asset = ingest(io.BytesIO(picture_bytes((300 + at, 200))), f"ảnh {at}.jpg", user=user)
        RecordMedia.objects.create(record=record, asset=asset, alt_vi="Ảnh thử", credit="Sở Văn hóa")
    return user


def _bag(user: User, folder: Path, name: str = "bag.zip", *, small: bool = False) -> Path:
    """A bag of all records, or of the two with a picture."""
    records = Record.objects.filter(media__isnull=False) if small else Record.objects.all()
    export = verbs.ask(user, verbs.seen_keys(user, records), "bag")
    while advance_exports():
        pass
    export.refresh_from_db()
    assert export.state == "done", export.problem
    path = folder / name
    path.write_bytes(b"".join(main_storage().stream(export.key)))
    return path


def _import(bag: Path, user: User, *, write: bool = True) -> Any:
    """The bag into the person's office; what became of its records."""
    job = foreground.import_bag(bag, user=user, office=user.office, write=write)
    counts = job.counts()
    return SimpleNamespace(
        job=job,
        read=job.total,
        created=counts["create"],
        existing=counts["skip"],
        refused=[row.notes for row in job.rows.filter(outcome="refuse")],
        refused_files=list(job.files.exclude(problem="").values_list("problem", flat=True)),
    )


def _records(bag: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(bag) as archive:
        return [json.loads(line) for line in archive.read("data/records.jsonl").decode().splitlines()]


def _delete(records: QuerySet[Record]) -> None:
    """Deletes records and tells of all of them at once; told of one by one they take longer than an import."""
    keys = list(records.values_list("pk", flat=True))
    with patch.object(signal_handlers, "announce"):
        records.delete()
    announce(keys)


def _forget_all() -> None:
    for model in (RecordRelation, RecordPerson, RecordMedia):
        model.objects.all().delete()
    _delete(Record.objects.all())


@pytest.fixture
def few(officer: User) -> User:
    """The same person; of the collection only the two with a picture are left, some others, and what all these lead to."""
    keys = set(Record.objects.filter(media__isnull=False).values_list("pk", flat=True))
    keys |= set(RecordRelation.objects.order_by("pk").values_list("record", flat=True)[:40])
    keys |= set(RecordRelation.objects.filter(record__in=keys).values_list("target", flat=True))
    keys |= set(RecordPerson.objects.filter(record__in=keys).values_list("person", flat=True))
    for link in (RecordRelation, RecordPerson):
        link.objects.exclude(record__in=keys).delete()
    RecordRelation.objects.exclude(target__in=keys).delete()
    _delete(Record.objects.exclude(pk__in=keys))
    assert 20 < Record.objects.count() < 200
    return officer


def _comparable(records: list[dict[str, Any]], names: dict[str, str]) -> list[str]:
    """The records with the identifiers that they had in the first library."""
    plain = [{key: value for key, value in record.items() if key not in DECIDED_HERE} for record in records]
    lines = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in plain)
    return sorted(IDENTIFIER.sub(lambda match: names.get(match[0], match[0]), line) for line in lines)


@pytest.mark.slow
def test_the_starter_collection_comes_back_equal(officer: User, tmp_path: Path):
    first = _bag(officer, tmp_path)
    before = _records(first)
    assert len(before) == Record.objects.count() > 500
    originals = {asset.original.sha256 for asset in Asset.objects.filter(record_links__isnull=False)}
    _forget_all()
    report = _import(first, officer)
    assert report.refused == [] and report.refused_files == [] and report.read == report.created == len(before)
    after = _records(_bag(officer, tmp_path, "again.zip"))
    names = {record.identifier: (record.source_key or "").partition("/")[2] for record in Record.objects.all()}
    assert _comparable(after, names) == _comparable(before, {})
    assert not Record.objects.filter(live=True).exists()
    assert {link.asset.original.sha256 for link in RecordMedia.objects.select_related("asset__original")} == originals
    again = _import(first, officer)
    assert (again.created, again.existing) == (0, len(before))


def test_a_check_writes_nothing(officer: User, tmp_path: Path):
    bag = _bag(officer, tmp_path, small=True)
    assert _import(bag, officer, write=False).existing == 2
    keys = list(Record.objects.filter(media__isnull=False).values_list("pk", flat=True))
    RecordMedia.objects.all().delete()
    RecordRelation.objects.filter(Q(record__in=keys) | Q(target__in=keys)).delete()
    _delete(Record.objects.filter(pk__in=keys))
    files, records = Asset.objects.count(), Record.objects.count()
    report = _import(bag, officer, write=False)
    assert report.created == report.read == 2 and (Asset.objects.count(), Record.objects.count()) == (files, records)


def _changed(bag: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(bag) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    path = bag.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _touch(files: dict[str, bytes]) -> None:
    files["data/records.jsonl"] += b"\n"


def _add(files: dict[str, bytes]) -> None:
    files["data/more.txt"] = b"x"


def _remove(files: dict[str, bytes]) -> None:
    del files[next(name for name in files if name.startswith("data/originals/"))]


def _relist(files: dict[str, bytes]) -> None:
    files["manifest-sha256.txt"] += b"\n"


@pytest.mark.parametrize("change", (_touch, _add, _remove, _relist))
def test_a_bag_that_was_touched_is_refused_whole(officer: User, tmp_path: Path, change: Callable[[dict[str, bytes]], None]):
    bag = _changed(_bag(officer, tmp_path, small=True), change)
    with pytest.raises(SheetError, match="damaged_bag"):
        _import(bag, officer)


def test_an_original_that_was_damaged_in_the_storage_makes_no_bag(officer: User, tmp_path: Path):
    key = Asset.objects.filter(record_links__isnull=False).values_list("original__key", flat=True)[0]
    stored = Path(tmp_path / "media" / key)
    stored.chmod(0o600)
    stored.write_bytes(b"other bytes")
    export = verbs.ask(officer, verbs.seen_keys(officer, Record.objects.filter(media__isnull=False)), "bag")
    while advance_exports():
        pass
    export.refresh_from_db()
    assert export.state == "failed" and export.problem and not export.key


def test_the_words_of_a_recording_go_with_it_and_come_back(officer: User, tmp_path: Path):
    asset = Asset.objects.filter(record_links__isnull=False).order_by("pk")[0]
    track = TextTrack.objects.create(asset=asset, role="transcript", language="hmn", source="human", reviewed=True, audience="community")
    for order, words in enumerate(("Câu một", "Câu hai\nxuống dòng"), 1):
        Segment.objects.create(track=track, order=order, start_ms=order * 1000, end_ms=order * 1000 + 900, speaker="Bà Mai", text=words)
    TextTrack.objects.create(asset=asset, role="captions", language="vi", source="machine")
    bag = _bag(officer, tmp_path, small=True)
    keys = list(Record.objects.filter(media__isnull=False).values_list("pk", flat=True))
    RecordRelation.objects.filter(Q(record__in=keys) | Q(target__in=keys)).delete()
    RecordPerson.objects.filter(person__in=keys).delete()
    RecordMedia.objects.all().delete()
    _delete(Record.objects.filter(pk__in=keys))
    report = _import(bag, officer)
    assert report.created == 2 and report.refused_files == []
    [fresh] = TextTrack.objects.exclude(asset=asset)
    assert RecordMedia.objects.filter(asset=fresh.asset).exists() and fresh.text_bytes
    assert [told(each) for each in (track, fresh)] == [told(fresh)] * 2


def test_a_bag_that_is_sent_on_the_screen_is_checked_taken_in_and_taken_back(few: User, client: Client, tmp_path: Path):
    bag = _bag(few, tmp_path)
    before = Record.objects.count()
    _forget_all()
    client.force_login(few)
    sent = SimpleUploadedFile("goi.zip", bag.read_bytes())
    client.post(reverse("imports:index"), {"record_type": "festival", "file": sent})
    _work()
    job = Import.objects.get()
    address = reverse("imports:one", args=[job.pk])
    page = client.get(address).content.decode()
    assert job.state == "checked" and "Gói lưu trữ" in page and "<textarea" not in page and Record.objects.count() == 0
    client.post(reverse("imports:step", args=[job.pk, "columns"]))
    client.post(reverse("imports:step", args=[job.pk, "run"]))
    _work()
    job.refresh_from_db()
    assert (job.state, job.problem) == ("done", "") and Record.objects.count() == before
    client.post(reverse("imports:step", args=[job.pk, "undo"]))
    _work()
    job.refresh_from_db()
    assert job.state == "undone" and Record.objects.count() == 0 and not job.records.exclude(undone="undone").exists()


def _work() -> None:
    while advance_imports():
        pass


def test_a_worker_that_is_killed_in_a_bag_repeats_and_loses_nothing(few: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(take, "ROWS_AT_ONCE", 10)
    bag = _bag(few, tmp_path)
    before = _comparable(_records(bag), {})
    _forget_all()
    with bag.open("rb") as stream:
        job = receive(few, few.office, "festival", stream, "goi.zip")
    _work()
    run(Import.objects.get(), user=few)
    for module, name in ((take, "create_many"), (connect, "_connect")):
        _kill_at_the_second(monkeypatch, module, name)
    _work()
    job.refresh_from_db()
    assert (job.state, job.problem) == ("done", "")
    names = {record.identifier: (record.source_key or "").partition("/")[2] for record in Record.objects.all()}
    assert _comparable(_records(_bag(few, tmp_path, "again.zip")), names) == before


def test_a_bag_may_hold_more_files_than_a_table_and_never_more_than_come_back(
    officer: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(archives, "ARCHIVE_ENTRIES", 3)
    bag = _bag(officer, tmp_path, small=True)
    assert len(zipfile.ZipFile(bag).namelist()) == 7
    assert _import(bag, officer, write=False).existing == 2
    monkeypatch.setattr(archives, "BAG_ENTRIES", 6)
    with pytest.raises(SheetError, match="too_many_entries"):
        _import(bag, officer, write=False)
    monkeypatch.setattr(bag_format, "BAG_ENTRIES", 6)
    export = verbs.ask(officer, verbs.seen_keys(officer, Record.objects.filter(media__isnull=False)), "bag")
    while advance_exports():
        pass
    export.refresh_from_db()
    assert export.state == "failed" and "lớn quá" in export.problem and not export.key


def test_the_check_of_a_bag_asks_the_library_once_for_many_records(few: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bag = _bag(few, tmp_path)
    job = Import.objects.create(office=few.office, user=few, bag=True, file_name="goi.zip", lease_token="x")
    read_bag(job, bag)
    counts = []
    with open_read_bag(bag) as opened:
        work = take.BagWork(job, opened)
        for size in (1, 4, 12):  # the first one reads the authorities
            monkeypatch.setattr(take, "ROWS_AT_ONCE", size)
            with CaptureQueriesContext(connection) as queries:
                work.check_some()
            counts.append(len(queries))
    assert counts[1] == counts[2] and job.counts()["skip"] == 17


def _kill_at_the_second(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """The worker dies in the second call; when its lease is over another one goes on."""
    honest, calls = getattr(module, name), []

    def killed(*args: Any, **options: Any) -> Any:
        result = honest(*args, **options)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return result

    with monkeypatch.context() as patch:
        patch.setattr(module, name, killed)
        with pytest.raises(KeyboardInterrupt):
            _work()
    Import.objects.update(leased_until=None)
