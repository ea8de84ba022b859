"""Exports: each format tells what the person may see and nothing more; tables come back; a job is stopped, killed, resumed, forgotten."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from openpyxl import load_workbook

from background import leases
from library.accounts.models import User
from library.exchange.actions.exports import files as export_files
from library.exchange.actions.exports import verbs
from library.exchange.actions.exports import work as export_work
from library.exchange.actions.exports.work import advance_exports, forget_old_exports
from library.exchange.formats.registry import FORMATS
from library.exchange.models import Export, Import
from library.metadata.spreadsheets import BYTE_ORDER_MARK
from library.records.actions.create import create
from library.records.models import Record, RecordMedia
from library.vocabularies.models import AdminUnit
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from media_pipeline.storage import main_storage
from tests.factories import make_office, make_user, new_record
from tests.media_pipeline.fixtures import picture_bytes

from .sheets import HEADER, workbook

pytestmark = pytest.mark.django_db
Make = Callable[..., Import]
ROWS = (
    ("A1", "Hội Gầu Tào", "Dao đỏ", "Tả Phìn", "khoảng 1930", "Sổ tay"),
    ("A2", "Hội Nào Sồng", "H’mông; Thái", "Xã Túng Sán, Hà Giang", "mùng 2 tháng 3 âm lịch năm 2024", "Sổ tay; Báo"),
)


def work() -> None:
    """What the worker does until nothing waits."""
    while advance_exports():
        pass


def _now(user: User, code: str, folder: Path, records: Any = None) -> Path:
    target = folder / f"export.{code}"
    keys = verbs.seen_keys(user, Record.objects.all() if records is None else records)
    verbs.write_now(user, keys, code, target)
    return target


def _job(user: User, code: str) -> Export:
    export = verbs.ask(user, verbs.seen_keys(user, Record.objects.all()), code)
    work()
    export.refresh_from_db()
    return export


def _content(export: Export) -> bytes:
    return b"".join(main_storage().stream(export.key))


def test_a_table_goes_out_and_comes_back_and_changes_nothing(imported: Make, province: SimpleNamespace, tmp_path: Path):
    imported(workbook(HEADER, *ROWS), "kiem-ke.xlsx")
    before = list(Record.objects.order_by("pk").values("pk", "title_vi", "updated_at"))
    for code in ("csv", "xlsx"):
        content = _now(province.user, code, tmp_path).read_bytes()
        for existing in ("fill", "replace"):
            job = imported(content, f"lai.{code}", existing=existing)
            assert dict(job.counts()) == {"skip": 2}, [row.notes for row in job.rows.all()]
    assert list(Record.objects.order_by("pk").values("pk", "title_vi", "updated_at")) == before


def test_a_cell_that_was_changed_in_an_exported_table_changes_its_record_alone(imported: Make, province: SimpleNamespace, tmp_path: Path):
    imported(workbook(HEADER, *ROWS), "kiem-ke.xlsx")
    book = load_workbook(_now(province.user, "xlsx", tmp_path))
    rows = [["" if cell is None else cell for cell in row] for row in book.active.iter_rows(values_only=True)]
    at = rows[0].index("Tên tiếng Anh")
    rows[2][at] = "Nao Song festival"
    job = imported(workbook(*rows), "sua.xlsx")
    assert dict(job.counts()) == {"skip": 1, "update": 1}


def test_no_cell_is_a_formula_and_excel_reads_the_letters(imported: Make, province: SimpleNamespace, tmp_path: Path):
    imported(workbook(HEADER, *ROWS), "kiem-ke.xlsx")
    record = Record.objects.get(source_key="tinh-15/A1")
    Record.objects.filter(pk=record.pk).update(title_vi="=1+1", summary_vi="+84 912")
    text = _now(province.user, "csv", tmp_path).read_bytes().decode()
    assert text.startswith(BYTE_ORDER_MARK) and "Hội Nào Sồng" in text
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] and "'=1+1" in cells
    sheet = load_workbook(_now(province.user, "xlsx", tmp_path)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert "=1+1" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_several_types_are_one_table_each_in_an_archive(province: SimpleNamespace, tmp_path: Path):
    for record_type in ("festival", "person"):
        create(new_record(f"Tên {record_type}", record_type=record_type, office=province.office, details=[]))
    with zipfile.ZipFile(_now(province.user, "xlsx", tmp_path)) as archive:
        assert len(archive.namelist()) == 2 and all(name.endswith(".xlsx") for name in archive.namelist())


def _titles(user: User, folder: Path) -> set[str]:
    lines = _now(user, "jsonl", folder).read_text("utf-8").splitlines()
    return {json.loads(line)["title_vi"] for line in lines}


def test_each_person_gets_what_the_access_rule_shows_and_nothing_more(province: SimpleNamespace, tmp_path: Path):
    other = make_office("tinh-08")
    create(new_record("Nháp của nơi khác", office=other))
    closed = create(new_record("Chỉ cơ quan khác", office=other, own_access="staff"))
    Record.objects.filter(pk=closed.pk).update(live=True)
    public = create(new_record("Công khai", office=other))
    Record.objects.filter(pk=public.pk).update(live=True)
    own = create(new_record("Nháp của mình", office=province.office))
    own.relations.add(own.relations.model(kind="describes", target=closed))
    own.relations.add(own.relations.model(kind="describes", target=public))
    own.save()
    assert _titles(province.user, tmp_path) == {"Công khai", "Nháp của mình"}
    [line] = [json.loads(line) for line in (tmp_path / "export.jsonl").read_text("utf-8").splitlines() if "Nháp của mình" in line]
    assert [each["record"] for each in line["relations"]] == [public.identifier]
    assert "Chỉ cơ quan khác" in _titles(make_user("cataloguer", other), tmp_path)
    with pytest.raises(PermissionDenied):
        verbs.seen_keys(make_user(), Record.objects.all())


def test_a_record_that_was_closed_meanwhile_is_neither_gathered_nor_fetched(province: SimpleNamespace):
    public = create(new_record("Công khai", office=make_office("tinh-08")))
    Record.objects.filter(pk=public.pk).update(live=True)
    create(new_record("Của mình", office=province.office))
    export = verbs.ask(province.user, verbs.seen_keys(province.user, Record.objects.all()), "jsonl")
    done = _job(province.user, "jsonl")
    verbs.require_fetch(done, user=province.user)
    Record.objects.filter(pk=public.pk).update(access_level="staff", own_access="staff")
    with pytest.raises(PermissionDenied):
        verbs.require_fetch(done, user=province.user)
    Export.objects.filter(pk=export.pk).update(state="gathering", done=0, entries=0, gathered_bytes=0, types=[], leased_until=None)
    work()
    export.refresh_from_db()
    assert export.state == "done" and export.entries == 1 and "Công khai" not in _content(export).decode()


def test_a_job_is_stopped_and_goes_on_where_it_was(province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch):
    _some(province, 5)
    monkeypatch.setattr(export_work, "RECORDS_AT_ONCE", 2)
    export = verbs.ask(province.user, verbs.seen_keys(province.user, Record.objects.all()), "jsonl")
    monkeypatch.setattr(leases, "TURN", 0.0)
    advance_exports()
    export.refresh_from_db()
    assert 0 < export.done < 5
    done = export.done
    verbs.stop(export, user=province.user)
    assert not advance_exports()
    verbs.resume(export, user=province.user)
    export.refresh_from_db()
    assert export.done == done
    work()
    export.refresh_from_db()
    assert export.state == "done" and len(_content(export).decode().splitlines()) == 5


@pytest.mark.parametrize("code", FORMATS)
def test_a_killed_worker_repeats_nothing_and_loses_nothing(province: SimpleNamespace, code: str, monkeypatch: pytest.MonkeyPatch):
    _some(province, 5)
    monkeypatch.setattr(export_work, "RECORDS_AT_ONCE", 2)
    whole = _content(_job(province.user, code))
    export = verbs.ask(province.user, verbs.seen_keys(province.user, Record.objects.all()), code)
    monkeypatch.setattr(leases, "TURN", 0.0)
    advance_exports()
    with export_files.gathered_path(export).open("ab") as file:
        file.write(b'{"type": "half a li')  # what a kill leaves behind
    work()
    export.refresh_from_db()
    assert export.state == "done" and export.entries == 5
    assert _inside(_content(export)) == _inside(whole)


def _inside(content: bytes) -> Any:
    """What a file says; an archive, and one inside it, without the times at which it was packed."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: _inside(archive.read(name)) for name in archive.namelist() if not name.startswith("docProps/")}


def test_another_machine_begins_again_when_it_has_not_what_was_gathered(province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch):
    _some(province, 5)
    monkeypatch.setattr(export_work, "RECORDS_AT_ONCE", 2)
    monkeypatch.setattr(leases, "TURN", 0.0)
    export = verbs.ask(province.user, verbs.seen_keys(province.user, Record.objects.all()), "jsonl")
    advance_exports()
    export_files.gathered_path(export).unlink()
    work()
    export.refresh_from_db()
    assert export.entries == export.total == len(_content(export).decode().splitlines()) == 5


def test_a_file_is_there_for_a_week_and_for_its_owner(province: SimpleNamespace):
    _some(province, 1)
    export = _job(province.user, "csv")
    verbs.require_fetch(export, user=province.user)
    with pytest.raises(PermissionDenied):
        verbs.require_fetch(export, user=make_user("cataloguer", province.office))
    long_ago = timezone.now() - timedelta(days=8)
    Export.objects.filter(pk=export.pk).update(created_at=long_ago, finished_at=long_ago)
    forget_old_exports()
    assert main_storage().stat(export.key) is None
    export.refresh_from_db()
    assert export.state == "forgotten"
    with pytest.raises(PermissionDenied):
        verbs.require_fetch(export, user=province.user)


def test_a_word_document_has_a_sheet_for_each_record(imported: Make, province: SimpleNamespace, tmp_path: Path):
    imported(workbook(HEADER, *ROWS), "kiem-ke.xlsx")
    with zipfile.ZipFile(_now(province.user, "docx", tmp_path)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        words = archive.read("word/document.xml").decode()
    assert words.count('w:val="Heading1"') == 2 and "Hội Nào Sồng" in words and "Dao đỏ" in words


def test_a_word_document_shows_the_pictures_as_readers_get_them(province: SimpleNamespace, tmp_path: Path):
    asset = ingest(io.BytesIO(picture_bytes()), "anh.jpg", user=province.user)
    while run_one():
        pass
    record = create(new_record("Hội có ảnh", record_type="festival", office=province.office, details=[]))
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Bà con <trên> bãi hội", caption_vi="Bãi hội")
    with zipfile.ZipFile(_now(province.user, "docx", tmp_path)) as archive:
        assert archive.read("word/media/1.jpg").startswith(b"\xff\xd8\xff")
        document = ElementTree.fromstring(archive.read("word/document.xml"))
        assert "media/1.jpg" in archive.read("word/_rels/document.xml.rels").decode()
    [described] = [node for node in document.iter() if node.tag.endswith("}docPr")]
    assert described.get("descr") == "Bà con <trên> bãi hội" and "Bãi hội" in "".join(document.itertext())


def test_a_former_unit_that_was_divided_comes_back_without_a_question(imported: Make, province: SimpleNamespace, tmp_path: Path):
    former = AdminUnit.objects.get(label_vi="Xã Yên Định")
    create(new_record("Hội Yên Định", record_type="festival", office=province.office, former_units=[former], details=[]))
    content = _now(province.user, "xlsx", tmp_path).read_bytes()
    assert dict(imported(content, "lai.xlsx", existing="replace").counts()) == {"skip": 1}


def _some(province: SimpleNamespace, number: int) -> None:
    for at in range(number):
        create(new_record(f"Hội {at}", record_type="festival", office=province.office, details=[]))
