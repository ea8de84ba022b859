"""The starter collection leaves as a bag and comes back as an equal collection of drafts; a bag that was touched is refused whole."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q

from library.accounts.models import User
from library.exchange.actions.bags.take import import_bag
from library.exchange.actions.exports import verbs
from library.exchange.actions.exports.work import advance_exports
from library.exchange.errors import SheetError
from library.records.models import Record, RecordMedia, RecordPerson, RecordRelation
from library.records.models.identifiers import ALPHABET, LENGTH, SHOULDER
from library.vocabularies.loading.sync import Report
from media_pipeline.intake.ingest import ingest
from media_pipeline.models import Asset
from media_pipeline.storage import main_storage
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


def _records(bag: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(bag) as archive:
        return [json.loads(line) for line in archive.read("data/records.jsonl").decode().splitlines()]


def _forget_all() -> None:
    for model in (RecordRelation, RecordPerson, RecordMedia):
        model.objects.all().delete()
    Record.objects.all().delete()


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
    report = import_bag(first, user=officer, office=officer.office, write=True)
    assert report.refused == {} and report.refused_files == {} and report.read == report.created == len(before)
    after = _records(_bag(officer, tmp_path, "again.zip"))
    names = {record.identifier: (record.source_key or "").partition("/")[2] for record in Record.objects.all()}
    assert _comparable(after, names) == _comparable(before, {})
    assert not Record.objects.filter(live=True).exists()
    assert {link.asset.original.sha256 for link in RecordMedia.objects.select_related("asset__original")} == originals
    again = import_bag(first, user=officer, office=officer.office, write=True)
    assert (again.created, again.existing) == (0, len(before))


def test_a_check_writes_nothing(officer: User, tmp_path: Path):
    bag = _bag(officer, tmp_path, small=True)
    assert import_bag(bag, user=officer, office=officer.office, write=False).existing == 2
    keys = list(Record.objects.filter(media__isnull=False).values_list("pk", flat=True))
    RecordMedia.objects.all().delete()
    RecordRelation.objects.filter(Q(record__in=keys) | Q(target__in=keys)).delete()
    Record.objects.filter(pk__in=keys).delete()
    files, records = Asset.objects.count(), Record.objects.count()
    report = import_bag(bag, user=officer, office=officer.office, write=False)
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
        import_bag(bag, user=officer, office=officer.office, write=True)


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
