"""Ticked photographs are added to a record that the person may change now, in its newest version; and taken out again."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from library.cataloguing.light_table.actions import arrange
from library.cataloguing.light_table.models import LightTable, Photograph
from library.records.actions.add_files import add_files
from library.records.actions.save_version import newest, save_version
from library.records.actions.withdraw import withdraw
from library.records.models import Record
from library.review.workflow import load_review_workflow
from tests.factories import make_record, make_term, make_user

from .conftest import Lay, Place, page_of, press

pytestmark = pytest.mark.django_db
Ticked = Callable[..., str]


@pytest.fixture
def rows(table: LightTable, lay: Lay) -> list[Photograph]:
    """Two photographs with a line each; all of the table have one credit and one state of rights."""
    rows = [lay(f"IMG_{number}.jpg", number) for number in (1, 2)]
    arrange.write(table, {rows[0].pk: "Nhóm lửa", rows[1].pk: "Người vào than"}, {})
    LightTable.objects.filter(pk=table.pk).update(credit="Lý Mẩy", rights=make_term("rights_statements", "InC"))
    return rows


@pytest.fixture
def add(officer: Client, table: LightTable, rows: list[Photograph]) -> Ticked:
    """add(record) → the page after both photographs were ticked and added to the record."""

    def added(record: Record) -> str:
        return press(officer, table, "add", photo=[row.pk for row in rows], record=record.pk)

    return added


def said(record: Record) -> list[tuple[str, str, str]]:
    """What the newest version says of its files."""
    links = newest(Record.objects.get(pk=record.pk)).media.all()
    return [(link.alt_vi, link.credit, link.rights.code if link.rights else "") for link in links]


ADDED = [("Nhóm lửa", "Lý Mẩy", "InC"), ("Người vào than", "Lý Mẩy", "InC")]


@pytest.mark.parametrize("published", [False, True])
def test_photographs_come_into_the_newest_version_and_go_again(
    officer: Client, table: LightTable, place: Place, add: Ticked, published: bool
) -> None:
    record = make_record("Lễ nhảy lửa", published=published, office=place.offices["commune"])
    page = add(record)
    assert "Đã thêm 2 ảnh vào “Lễ nhảy lửa”." in page and "Đã thêm vào tư liệu này" in page
    assert ("khi bản nháp này được đăng" in page) is published
    assert said(record) == ADDED
    assert "đã lập 0 tư liệu" in officer.get(reverse("light_tables:index")).content.decode()
    assert Record.objects.get(pk=record.pk).media.count() == (0 if published else 2)
    assert record.created_by != place.author and Record.objects.get(pk=record.pk).latest_revision.user == place.author
    assert "Đã hoàn tác." in press(officer, table, f"undo:{table.lots.get().pk}")
    assert said(record) == [] and not table.lots.exists() and arrange.unsorted(table).count() == 2


def test_a_record_that_the_person_cannot_change_now_gets_none(place: Place, table: LightTable, add: Ticked, rows: list[Photograph]) -> None:
    office = place.offices["commune"]
    other, gone = make_record("Của tỉnh khác", office=place.offices["elsewhere"]), make_record("Gỡ", office=office)
    has = make_record("Có rồi", office=office, published=False)
    add_files(has.pk, [{"asset_id": rows[0].asset_id}], place.author)
    withdraw(gone, user=make_user("administrator", office), reason="Cộng đồng đề nghị.")
    waiting = make_record("Đang chờ", office=office, published=False)
    waiting.save_revision(user=place.author)
    load_review_workflow()
    waiting.get_workflow().start(waiting, place.author)
    reasons = {
        other: "Hãy chọn một tư liệu mà bạn sửa được.",
        gone: "Hãy chọn một tư liệu mà bạn sửa được.",
        has: "đã có ảnh này: IMG_1.jpg",
        waiting: "chỉ người duyệt sửa được",
    }
    before = {record.pk: said(record) for record in reasons}
    assert [record.title_vi for record, words in reasons.items() if words not in add(record)] == []
    assert {record.pk: said(record) for record in reasons} == before
    assert not table.lots.exists() and arrange.unsorted(table).count() == 2


def test_without_a_record_or_a_photograph_nothing_is_added(
    officer: Client, table: LightTable, place: Place, rows: list[Photograph]
) -> None:
    record = make_record("Lễ", office=place.offices["commune"])
    assert "Hãy chọn tư liệu nhận ảnh." in press(officer, table, "add", photo=[rows[0].pk], record="x")
    assert "mà bạn sửa được" in press(officer, table, "add", photo=[rows[0].pk], record=10**17)
    assert "Chưa chọn ảnh nào" in press(officer, table, "add", record=record.pk)
    LightTable.objects.filter(pk=table.pk).update(rights=None)
    assert "tình trạng quyền" in press(officer, table, "add", photo=[rows[0].pk], record=record.pk)
    assert said(record) == []


def test_what_somebody_worked_on_since_stays(officer: Client, table: LightTable, place: Place, add: Ticked) -> None:
    record = make_record("Lễ", published=False, office=place.offices["commune"])
    add(record)
    draft = newest(Record.objects.get(pk=record.pk))
    links = list(draft.media.all())
    links[0].alt_en = "They light the fire"
    draft.media = links  # type: ignore[assignment]
    save_version(draft, place.author)
    assert "Đã có người sửa các ảnh này" in press(officer, table, f"undo:{table.lots.get().pk}")
    assert said(record) == ADDED and table.lots.get().record == record


def test_words_elsewhere_in_the_record_stay_when_photographs_are_taken_out(
    officer: Client, table: LightTable, place: Place, add: Ticked
) -> None:
    record = make_record("Lễ", published=False, office=place.offices["commune"])
    add(record)
    draft = newest(Record.objects.get(pk=record.pk))
    draft.summary_vi = "Viết thêm"
    save_version(draft, place.author)
    assert "Đã hoàn tác." in press(officer, table, f"undo:{table.lots.get().pk}")
    assert said(record) == [] and newest(Record.objects.get(pk=record.pk)).summary_vi == "Viết thêm"


def test_a_group_goes_to_the_record_that_has_its_code(officer: Client, table: LightTable, lay: Lay, place: Place) -> None:
    record = make_record("Khèn", published=False, office=place.offices["commune"], source_key="xa-ta-phin/MH-001")
    lay("MH-001_1.jpg")
    press(officer, table, "by-name")
    assert "Thêm ảnh vào tư liệu ấy" in page_of(officer, table)
    assert "Đã thêm 1 ảnh vào “Khèn”." in press(officer, table, f"add-same:{table.lots.get().pk}")
    assert len(said(record)) == 1 and table.lots.get().record == record


@pytest.mark.parametrize("typed", ["nhay lua", "lửa", "xa-ta-phin/MH-7", "identifier"])
def test_the_chooser_finds_what_the_person_may_change(officer: Client, place: Place, typed: str) -> None:
    mine = make_record("Lễ nhảy lửa", office=place.offices["commune"], source_key="xa-ta-phin/MH-7")
    make_record("Lễ nhảy lửa của tỉnh khác", office=place.offices["elsewhere"], source_key="tinh-1/xa-ta-phin/MH-7")
    make_record("Khèn", office=place.offices["commune"])
    answer = officer.get(reverse("light_table_records:choose_results"), {"q": mine.identifier if typed == "identifier" else typed})
    assert [row.pk for row in answer.context["results"]] == [mine.pk]


def test_the_chooser_names_no_record_of_others(officer: Client, place: Place) -> None:
    other = make_record("Lễ kín", office=place.offices["elsewhere"])
    mine = make_record("Lễ nhảy lửa", office=place.offices["commune"])
    addresses = [reverse("light_table_records:chosen", args=[record.pk]) for record in (other, mine)]
    assert [officer.get(address).status_code for address in addresses] == [404, 200]
