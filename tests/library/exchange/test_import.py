"""An import from the file to the records and back: counts that add up, kills, second times, undo, and who may do it."""

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from library.exchange.actions import match, mend, run
from library.exchange.actions.receive import receive
from library.exchange.errors import SheetError
from library.exchange.models import Import, ImportRow, RememberedColumn
from library.records.actions.create import create
from library.records.actions.publish import publish
from library.records.models import Record, RecordMedia
from library.records.models.keywords import KeywordTag
from media_pipeline.models import Asset
from search.models import IndexEvent
from tests.factories import make_office, make_source, make_user, new_record
from tests.media_pipeline.fixtures import picture_bytes

from .conftest import work
from .sheets import HEADER, archive, workbook

pytestmark = pytest.mark.django_db
ROWS = (
    ("A1", "Hội Gầu Tào", "Mông", "Tả Phìn", "khoảng 1930", "Sổ tay"),
    ("A2", "Hội Nào Sồng", "H’mông; Dao đỏ", "Lào Cai", "12/3/2025", "Sổ tay; Báo"),
    ("A3", "Hội sai ngày", "Mông", "Tả Phìn", "31/4/2025", ""),
    ("A1", "Hội trùng mã", "Mông", "Tả Phìn", "", ""),
    ("", "Hội không mã", "Thái", "", "", ""),
    ("VÍ DỤ", "Lễ hội Gầu Tào", "?", "?", "?", "?"),
)
Make = Callable[..., Import]


def _counts(job: Import) -> dict[str, int]:
    return dict(job.counts())


def test_the_check_writes_nothing_and_every_row_has_one_outcome(checked: Make):
    job = checked(workbook(HEADER, *ROWS), "kiem-ke.xlsx")
    assert job.state == "checked" and Record.objects.count() == 0
    assert _counts(job) == {"create": 3, "refuse": 2, "skip": 1} and job.total == 6
    date, twice = (row.notes[-1] for row in job.rows.filter(outcome="refuse"))
    assert (date["column"], date["shown"]) == (4, "31/4/2025") and "30" in date["allowed"]
    assert (twice["column"], twice["shown"]) == (0, "A1") and "2" in twice["allowed"]


def test_rows_become_drafts_of_the_office_with_log_and_outbox(imported: Make, province: SimpleNamespace):
    job = imported(workbook(HEADER, *ROWS), "kiem-ke.xlsx")
    record = Record.objects.get(source_key="tinh-15/A2")
    assert not record.live and record.office == province.office and record.created_by == province.user
    assert {group.name_vi for group in record.groups.all()} == {"Mông", "Dao"} and record.subgroups.count() == 1
    assert [date.edtf for date in record.dates.all()] == ["2025-03-12"]
    assert [source.citation for source in record.sources.all()] == ["Sổ tay", "Báo"]
    assert ModelLogEntry.objects.filter(object_id=str(record.pk), action="wagtail.create", user=province.user).count() == 1
    assert IndexEvent.objects.filter(object_id=record.pk).exists()
    assert _counts(job) == {"create": 3, "refuse": 2, "skip": 1} and Record.objects.count() == job.records.count() == 3


def test_the_same_table_twice_adds_nothing_and_a_changed_cell_updates(imported: Make):
    imported(workbook(HEADER, *ROWS[:2], ROWS[4]), "a.xlsx")
    again = imported(workbook(HEADER, *ROWS[:2], ROWS[4]), "b.xlsx")
    assert _counts(again) == {"skip": 3} and Record.objects.count() == 3
    fresh = ("A1", "Hội Gầu Tào Tả Phìn", "Dao", "Tả Phìn", "", "Sổ tay")
    assert _counts(imported(workbook(HEADER, fresh), "c.xlsx", existing="skip")) == {"skip": 1}
    assert _counts(imported(workbook(HEADER, fresh), "d.xlsx", existing="fill")) == {"skip": 1}
    assert _counts(imported(workbook(HEADER, fresh), "e.xlsx", existing="replace")) == {"update": 1}
    newest = Record.objects.get(source_key="tinh-15/A1").get_latest_revision_as_object()
    assert newest.title_vi == "Hội Gầu Tào Tả Phìn" and [group.name_vi for group in newest.groups.all()] == ["Dao"]


def test_an_update_fills_what_is_empty_and_leaves_the_public_text_to_the_reviewer(imported: Make, province: SimpleNamespace):
    record = create(new_record("Hội cũ", record_type="festival", office=province.office, summary_vi="Có rồi", details=[]))
    record = Record.objects.get(pk=record.pk)
    record.sources.all()[0].delete()
    details = [
        {
            "type": "festival",
            "value": {"rule_text": {"lang": "vi", "text": "x"}, "calendar": "vn-lunar", "attendance": {"rule": "everyone"}},
        }
    ]
    record.details = details
    record.sources.add(record.sources.model(source=make_source()))
    publish(record)
    header = ("Mã trong thư viện", "Tóm tắt", "Ghi công", "Quy mô")
    job = imported(workbook(header, (record.identifier, "Chữ khác", "Bà Lan", "tỉnh")), "a.xlsx")
    assert _counts(job) == {"update": 1}
    record = Record.objects.get(pk=record.pk)
    newest = record.get_latest_revision_as_object()
    assert record.live and record.credit == "" and record.has_unpublished_changes
    assert (newest.summary_vi, newest.credit, newest.details[0].value["scale"]) == ("Có rồi", "Bà Lan", "province")


def test_undo_takes_back_all_but_what_people_changed_and_names_it(imported: Make, province: SimpleNamespace):
    job = imported(workbook(HEADER, *ROWS[:2], ROWS[4]), "a.xlsx")
    kept = Record.objects.get(source_key="tinh-15/A2")
    kept.title_vi = "Sửa tay"
    kept.save()
    kept.save_revision(user=province.user)
    match.undo(job, user=province.user)
    work()
    job.refresh_from_db()
    assert job.state == "undone" and list(Record.objects.values_list("title_vi", flat=True)) == ["Sửa tay"]
    assert list(job.records.filter(undone="changed").values_list("record", flat=True)) == [kept.pk]


def test_undo_gives_an_updated_record_its_content_back(imported: Make, province: SimpleNamespace):
    imported(workbook(HEADER, ROWS[0]), "a.xlsx")
    job = imported(workbook(HEADER, ("A1", "Tên mới", "Dao", "Tả Phìn", "", "")), "b.xlsx", existing="replace")
    match.undo(job, user=province.user)
    work()
    record = Record.objects.get()
    newest = record.get_latest_revision_as_object()
    assert (newest.title_vi, [group.name_vi for group in newest.groups.all()]) == ("Hội Gầu Tào", ["Mông"])


def test_a_worker_that_is_killed_between_rows_repeats_and_loses_nothing(
    checked: Make, province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
):
    job = checked(workbook(HEADER, *((f"B{number}", f"Hội {number}", "Mông", "", "", "") for number in range(25))), "a.xlsx")
    monkeypatch.setattr(run, "ROWS_AT_ONCE", 10)
    match.run(job, user=province.user)
    honest, calls = run.create_many, []

    def killed_in_the_second_batch(*args: Any, **options: Any) -> Any:
        calls.append(1)
        created = honest(*args, **options)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return created

    monkeypatch.setattr(run, "create_many", killed_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        work()
    assert Record.objects.count() == ImportRow.objects.filter(finished=True).count() == 10
    work()  # the lease of the killed worker is not over
    assert Record.objects.count() == 10
    Import.objects.update(leased_until=None)
    work()
    job.refresh_from_db()
    assert job.state == "done" and _counts(job) == {"create": 25} and Record.objects.count() == 25


def test_a_mended_cell_is_checked_again_and_the_rest_is_imported_after_the_first_run(imported: Make, province: SimpleNamespace):
    job = imported(workbook(HEADER, *ROWS[:3]), "a.xlsx")
    assert _counts(job) == {"create": 2, "refuse": 1}
    mend.mend(job, 4, 4, "30/4/2025", user=province.user)
    match.run(job, user=province.user)
    work()
    job.refresh_from_db()
    assert _counts(job) == {"create": 3} and Record.objects.count() == 3 and not job.problem


def test_media_beside_the_table_go_through_ingest_and_a_refused_one_refuses_its_row(imported: Make):
    header = ("Mã phiếu", "Tên", "Tên tệp ảnh, tiếng, phim", "Lời tả ảnh")
    rows = (("A1", "Có ảnh", "1.jpg", "Người nhảy qua lửa"), ("A2", "Tệp hỏng", "2.jpg", ""), ("A3", "Không ảnh", "", ""))
    content = archive({"t.xlsx": workbook(header, *rows), "anh/1.jpg": picture_bytes(), "2.jpg": b"MZ\x90\x00 no picture"})
    job = imported(content, "a.zip")
    assert _counts(job) == {"create": 2, "refuse": 1} and not Record.objects.filter(title_vi="Tệp hỏng").exists()
    link = RecordMedia.objects.get()
    assert (link.record.title_vi, link.alt_vi, link.asset.name_as_given) == ("Có ảnh", "Người nhảy qua lửa", "1.jpg")
    assert Asset.objects.count() == 1
    assert [note["level"] for note in job.rows.get(outcome="refuse").notes] == ["refused"]


def test_a_damaged_photograph_refuses_its_row_and_the_others_come_in(imported: Make):
    header = ("Mã phiếu", "Tên", "Tên tệp ảnh, tiếng, phim")
    content = archive(
        {"t.xlsx": workbook(header, ("A1", "Hỏng", "1.jpg"), ("A2", "Lành", "2.jpg"))} | dict.fromkeys(("1.jpg", "2.jpg"), picture_bytes())
    )
    damaged = bytearray(content)
    at = content.index(b"1.jpg") + len("1.jpg") + 200
    damaged[at : at + 20] = bytes(20)
    job = imported(bytes(damaged), "a.zip")
    assert _counts(job) == {"create": 1, "refuse": 1} and Record.objects.get().title_vi == "Lành"


def test_a_file_that_is_lost_during_the_run_stops_it_with_its_report_and_it_can_be_undone(
    checked: Make, province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
):
    job = checked(workbook(HEADER, *ROWS), "a.xlsx")
    match.run(job, user=province.user)

    def lost(_runner: Any) -> bool:
        raise SheetError("lost")

    monkeypatch.setattr(run.Runner, "run_some", lost)
    work()
    job.refresh_from_db()
    assert job.state == "checked" and job.problem == SheetError("lost").message and job.rows.count() == len(ROWS)


def test_records_are_written_in_the_name_of_whoever_lets_them_in(checked: Make, province: SimpleNamespace):
    job = checked(workbook(HEADER, *ROWS), "a.xlsx")
    colleague = make_user("cataloguer", province.office)
    match.run(job, user=colleague)
    work()
    assert set(Record.objects.values_list("created_by", flat=True)) == {colleague.pk}


def test_nothing_is_written_in_the_name_of_who_may_no_longer_import(checked: Make, province: SimpleNamespace):
    job = checked(workbook(HEADER, *ROWS), "a.xlsx")
    match.run(job, user=province.user)
    province.user.groups.clear()
    work()
    job.refresh_from_db()
    assert job.state == "checked" and "không còn quyền" in job.problem and not Record.objects.exists()


def test_an_identifier_of_any_length_is_refused_in_its_row(checked: Make):
    job = checked(workbook(("Mã trong thư viện", "Tên"), ("X" * 500, "Dài")), "a.xlsx")
    assert _counts(job) == {"refuse": 1}


def test_columns_are_remembered_for_the_office(checked: Make, province: SimpleNamespace):
    header = ("Số", "Gọi là", "Việc khác")
    checked(workbook(header, ("A1", "Hội", "x")), "a.xlsx", chosen={0: "code", 1: "title_vi"})
    assert RememberedColumn.objects.filter(office=province.office).count() == 3
    job = receive(province.user, province.office, "festival", BytesIO(workbook(header, ("A2", "Hội", "y"))), "b.xlsx")
    work()
    job.refresh_from_db()
    assert job.mapping == ["code", "title_vi", "-"]


def test_a_broken_file_is_refused_with_its_reason_and_leaves_nothing(province: SimpleNamespace):
    job = receive(province.user, province.office, "festival", BytesIO(b"a;b\n"), "a.csv")
    work()
    job.refresh_from_db()
    assert job.state == "refused" and job.problem and not job.rows.exists() and not job.key


def test_records_of_other_offices_and_types_are_never_updated(checked: Make, province: SimpleNamespace):
    other = create(new_record("Của nơi khác", record_type="festival", office=make_office("tinh-08")))
    ritual = create(new_record("Lễ", record_type="ritual", office=province.office))
    job = checked(workbook(("Mã trong thư viện", "Tên"), *((record.identifier, "Đổi") for record in (other, ritual))), "a.xlsx")
    assert _counts(job) == {"refuse": 2}


@pytest.mark.parametrize(
    ("role", "allowed"), [("contributor", False), ("cataloguer", True), ("reviewer", True), ("administrator", True), ("", False)]
)
def test_who_may_create_records_of_an_office_may_import(province: SimpleNamespace, role: str, allowed: bool):
    user = make_user(role, province.office)
    if allowed:
        assert receive(user, province.office, "festival", BytesIO(b"a;b\n1;2\n"), "a.csv").office == province.office
        with pytest.raises(PermissionDenied):
            receive(user, make_office("tinh-08"), "festival", BytesIO(b"a;b\n1;2\n"), "a.csv")
    else:
        with pytest.raises(PermissionDenied):
            receive(user, province.office, "festival", BytesIO(b"a;b\n1;2\n"), "a.csv")


def test_two_people_who_go_on_at_once_are_told(checked: Make, province: SimpleNamespace):
    job = checked(workbook(HEADER, ROWS[0]), "a.xlsx")
    match.run(job, user=province.user)
    with pytest.raises(ValidationError):
        match.run(Import.objects.get(pk=job.pk), user=make_user("cataloguer", province.office))


def test_undo_logs_each_deletion_and_leaves_no_file_and_no_keyword_that_only_the_import_had(imported: Make, province: SimpleNamespace):
    header = ("Mã phiếu", "Tên", "Từ khóa", "Tên tệp ảnh, tiếng, phim")
    kept = create(new_record("Đã có", office=province.office))
    Record.objects.get(pk=kept.pk).tags.add("cũ")
    content = archive({"t.xlsx": workbook(header, ("A1", "Một", "cũ; mới", "1.jpg")), "1.jpg": picture_bytes()})
    job = imported(content, "a.zip")
    pk = Record.objects.get(source_key="tinh-15/A1").pk
    match.undo(job, user=province.user)
    work()
    entry = ModelLogEntry.objects.get(object_id=str(pk), action="wagtail.delete")
    assert entry.deleted and entry.user == province.user and entry.label == "Một"
    assert set(KeywordTag.objects.values_list("name", flat=True)) <= {"cũ"} and Asset.objects.get().state == "withdrawn"


def test_undo_keeps_the_file_and_the_keyword_that_somebody_uses_meanwhile(imported: Make, province: SimpleNamespace):
    header = ("Mã phiếu", "Tên", "Từ khóa", "Tên tệp ảnh, tiếng, phim")
    other = create(new_record("Của người", office=province.office))
    content = archive({"t.xlsx": workbook(header, ("A1", "Một", "mới", "1.jpg")), "1.jpg": picture_bytes()})
    job = imported(content, "a.zip")
    draft = Record.objects.get(pk=other.pk)
    draft.tags.add("mới")
    draft.media.add(RecordMedia(asset=Asset.objects.get(), sort_order=0))
    draft.save_revision(user=province.user)
    match.undo(job, user=province.user)
    work()
    assert Record.objects.count() == 1 and KeywordTag.objects.filter(name="mới").exists() and Asset.objects.get().state != "withdrawn"
