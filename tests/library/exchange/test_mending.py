"""What an officer does with single rows, what a row that is left says, and that the check writes nothing but its report."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from library.exchange.actions import match, mend
from library.exchange.columns.template import template_workbook
from library.exchange.models import Import, ImportRow
from library.records.access.review_levels import wrote
from library.records.actions.create import create
from library.records.actions.publish import publish
from library.records.models import Record
from tests.factories import make_office, make_source, make_user, new_record

from .conftest import work
from .sheets import HEADER, workbook

pytestmark = pytest.mark.django_db
Make = Callable[..., Import]
BAD = ("A1", "Hội sai ngày", "Mông", "", "31/4/2025", "")


def _row(job: Import, number: int) -> ImportRow:
    return ImportRow.objects.get(owner=job, number=number)


def _why(row: ImportRow) -> str:
    [note] = row.notes
    assert note["level"] == "skipped"
    return str(note["allowed"])


def test_the_check_stores_nothing_but_its_report(imported: Make, province: SimpleNamespace):
    header = ("Mã phiếu", "Tên", "Từ khóa", "Nguồn")
    imported(workbook(header, ("A1", "Hội", "", "Sổ")), "a.xlsx")
    own = {"exchange_import", "exchange_importrow", "exchange_rememberedcolumn"}
    tables = [model for model in apps.get_models() if model._meta.db_table not in own and model._meta.managed]
    before = {model: model._base_manager.count() for model in tables}
    from library.exchange.actions.receive import receive

    job = receive(
        province.user,
        province.office,
        "festival",
        BytesIO(workbook(header, ("A1", "Hội", "mới; lạ", "Sổ"), ("A2", "X", "khác", ""))),
        "b.xlsx",
    )
    after = {model: model._base_manager.count() for model in tables}
    work()
    job.refresh_from_db()
    match.match_columns(job, job.mapping, [], "fill", user=province.user)
    work()
    assert dict(job.counts()) == {"update": 1, "create": 1}
    assert {model: model._base_manager.count() for model in tables} == after == before


def test_a_row_that_is_left_out_says_so_and_gives_its_code_to_another(checked: Make, province: SimpleNamespace):
    job = checked(workbook(HEADER, BAD, ("A1", "Hội đúng", "Mông", "", "", "")), "a.xlsx")
    assert dict(job.counts()) == {"refuse": 2}
    mend.leave_out(job, 2, user=province.user)
    assert "bỏ dòng này" in _why(_row(job, 2)) and _row(job, 2).code == "" and _row(job, 3).outcome == "create"
    assert mend.check_again(job, 2, user=province.user).outcome == "refuse"


def test_a_mended_code_gives_the_old_one_free(checked: Make, province: SimpleNamespace):
    job = checked(workbook(HEADER, BAD, ("A1", "Hội đúng", "Mông", "", "", "")), "a.xlsx")
    mend.mend(job, 2, 0, "A7", user=province.user)
    assert _row(job, 3).outcome == "create"


def test_every_row_that_is_skipped_says_why(imported: Make, checked: Make):
    rows = (("A1", "Hội Gầu Tào", "Mông", "", "", ""), ("VÍ DỤ", "Hội", "", "", "", ""))
    imported(workbook(HEADER, rows[0]), "a.xlsx")
    job = checked(workbook(HEADER, *rows), "b.xlsx")
    assert "đã ghi như vậy" in _why(_row(job, 2)) and "ví dụ" in _why(_row(job, 3))
    job = checked(workbook(HEADER, ("A1", "Tên khác", "", "", "", "")), "c.xlsx", existing="skip")
    assert "để nguyên" in _why(_row(job, 2))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_example_of_a_template_is_known_without_its_code_cell(checked: Make, tmp_path: Path, language: str):
    with translation.override(language):
        template_workbook("festival", tmp_path / "mau.xlsx")
    book = load_workbook(tmp_path / "mau.xlsx")
    book.worksheets[0].delete_cols(1)
    file = BytesIO()
    book.save(file)
    with translation.override(language):
        job = checked(file.getvalue(), "mau.xlsx")
    assert dict(job.counts()) == {"skip": 1}


def test_a_record_of_the_name_in_the_example_is_imported(checked: Make):
    job = checked(workbook(("Tên", "Dân tộc"), ("Lễ hội Gầu Tào", "Mông")), "a.xlsx")
    assert dict(job.counts()) == {"create": 1}


def test_mending_keeps_line_breaks_and_whole_cells(checked: Make, client: Client, province: SimpleNamespace):
    words = "Dòng đầu\n\nDòng ba " + "rất dài " * 100
    header = ("Mã phiếu", "Tên", "Tóm tắt", "Dân tộc")
    job = checked(workbook(header, ("A1", "", words, "Mán")), "a.xlsx")
    client.force_login(province.user)
    page = BeautifulSoup(client.get(reverse("imports:one", args=[job.pk])).content, "html.parser")
    assert [area.text.lstrip("\n") for area in page.select("textarea[name=text]")] == ["Mán", ""]
    mend.mend(job, 2, 2, words.replace("\n", "\r\n"), user=province.user)
    assert _row(job, 2).cells[2] == words.strip()
    for bad in ("x" * 40_000, "a\x00b"):
        with pytest.raises(ValidationError):
            mend.mend(job, 2, 2, bad, user=province.user)
    assert _row(job, 2).cells[2] == words.strip()


def test_a_cell_of_which_only_the_beginning_is_kept_is_not_mended_with_it(checked: Make, client: Client, province: SimpleNamespace):
    job = checked(f"Mã phiếu;Tên\nA1;{'x' * 40_000}\n".encode(), "a.csv")
    client.force_login(province.user)
    page = client.get(reverse("imports:one", args=[job.pk])).content.decode()
    assert "<textarea" not in page and "hãy sửa trong tệp" in page


def test_two_people_who_mend_one_row_do_not_overwrite_one_another(
    checked: Make, province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
):
    job = checked(workbook(HEADER, BAD), "a.xlsx")
    honest = mend.Resolver.resolve

    def mended_meanwhile(self: Any, rows: Any) -> Any:
        ImportRow.objects.filter(pk=rows[0].pk).update(cells=["A1", "Người kia"])
        return honest(self, rows)

    monkeypatch.setattr(mend.Resolver, "resolve", mended_meanwhile)
    with pytest.raises(ValidationError):
        mend.mend(job, 2, 4, "30/4/2025", user=province.user)
    assert _row(job, 2).cells == ["A1", "Người kia"]


@pytest.mark.parametrize("existing", [False, True])
def test_who_sent_a_file_or_mended_a_cell_is_an_author_of_its_record(
    imported: Make, checked: Make, province: SimpleNamespace, existing: bool
):
    mender, runner, other = (make_user("reviewer", province.office) for _person in range(3))
    if existing:
        imported(workbook(HEADER, ("A1", "Hội sai ngày", "Mông", "", "", "")), "a.xlsx")
    job = checked(workbook(HEADER, BAD, ("A2", "Hội khác", "Mông", "", "", "")), "b.xlsx")
    mend.mend(job, 2, 4, "30/4/2025", user=mender)
    match.run(job, user=runner)
    work()
    mended, untouched = (Record.objects.get(source_key=f"tinh-15/{code}") for code in ("A1", "A2"))
    for person, of_mended, of_untouched in (
        (mender, True, False),
        (runner, True, True),
        (province.user, True, True),
        (other, False, False),
    ):
        assert wrote(person, mended, mended.latest_revision) is of_mended
        assert wrote(person, untouched, untouched.latest_revision) is of_untouched


def test_a_publication_ends_the_authorship(imported: Make, checked: Make, province: SimpleNamespace):
    mender = make_user("reviewer", province.office)
    details = [
        {
            "type": "festival",
            "value": {"rule_text": {"lang": "vi", "text": "x"}, "calendar": "vn-lunar", "attendance": {"rule": "everyone"}},
        }
    ]
    record = create(new_record("Hội cũ", record_type="festival", office=province.office, details=[]))
    record = Record.objects.get(pk=record.pk)
    record.details = details
    record.save()
    record.sources.add(record.sources.model(source=make_source()))
    job = checked(workbook(("Mã trong thư viện", "Ghi công", "Thời gian"), (record.identifier, "Bà Lan", "31/4/2025")), "a.xlsx")
    mend.mend(job, 2, 2, "30/4/2025", user=mender)
    match.run(job, user=make_user("reviewer", province.office))
    work()
    record = Record.objects.get(pk=record.pk)
    assert wrote(mender, record, record.latest_revision)
    publish(record.get_latest_revision_as_object())
    record.refresh_from_db()
    assert not wrote(mender, record, record.latest_revision)


def test_results_name_no_record_that_the_reader_may_not_see(imported: Make, client: Client, province: SimpleNamespace):
    job = imported(workbook(HEADER, ("A1", "Hội của bản", "Mông", "", "", ""), ("A2", "Hội kín", "Mông", "", "", "")), "a.xlsx")
    Record.objects.filter(title_vi="Hội kín").update(office=make_office("tinh-08"))
    client.force_login(make_user("reviewer", province.office))
    address = reverse("imports:one", args=[job.pk])
    page = client.get(address).content.decode()
    assert "Hội của bản" in page and "Hội kín" not in page
    match.undo(Import.objects.get(), user=province.user)
    job.records.filter(record__title_vi="Hội kín").update(undone="changed")
    work()
    page = client.get(address).content.decode()
    assert "Hội kín" not in page and "không còn được xem" in page


def test_a_draft_of_another_office_is_answered_like_one_that_is_not_there(checked: Make, province: SimpleNamespace):
    draft = create(new_record("Của nơi khác", record_type="festival", office=make_office("tinh-08")))
    job = checked(workbook(("Mã trong thư viện", "Tên"), (draft.identifier, "Đổi"), ("KHONG-CO", "Đổi")), "a.xlsx")
    there, not_there = (_row(job, number).notes[-1]["allowed"] for number in (2, 3))
    assert there == not_there
