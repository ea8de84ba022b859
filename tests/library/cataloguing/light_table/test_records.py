"""A group becomes one draft record, however often it is asked for; it is taken back while nobody has worked on it."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from library.cataloguing.light_table.actions import arrange
from library.cataloguing.light_table.actions.records import make_record, take_back
from library.cataloguing.light_table.models import LightTable, PhotographGroup
from library.cataloguing.light_table.places import place_of
from library.records.actions.save_version import save_version
from library.records.models import Record
from library.vocabularies.models import AdminUnit
from tests.factories import make_group, make_term
from tests.factories import make_record as make_other

from .conftest import Lay, Place, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(table: LightTable, lay: Lay) -> PhotographGroup:
    """A group with a title, of two photographs with captions."""
    rows = [lay(f"MH-001_{number}.jpg", number) for number in (1, 2)]
    arrange.sort_by_name(table)
    group = table.lots.get()
    arrange.write(table, {rows[0].pk: "Nhóm lửa ở sân thôn", rows[1].pk: "Người đầu vào than"}, {group.pk: "Lễ hội Nhảy lửa"})
    return PhotographGroup.objects.get(pk=group.pk)


def test_a_group_becomes_a_draft_with_what_the_table_says(table: LightTable, group: PhotographGroup, place: Place, units) -> None:
    table.groups.set([make_group("43", "Pà Thẻn")])
    table.places.set([units["province"]])
    LightTable.objects.filter(pk=table.pk).update(
        credit="Lý Mẩy", source="Sổ tay 2026", rights=make_term("rights_statements", "InC"), record_type="festival"
    )
    arrange.take_over(group, day="2026-11-24", place=units["ta-phin"])
    record = Record.objects.get(pk=make_record(PhotographGroup.objects.get(pk=group.pk), place.author).pk)
    assert (record.title_vi, record.record_type, record.live, record.office) == ("Lễ hội Nhảy lửa", "festival", False, table.office)
    assert record.created_by == place.author and record.source_key == "xa-ta-phin/MH-001"
    assert [unit.label for unit in record.places.all()] == ["Xã Tả Phìn"]
    assert [each.name for each in record.groups.all()] == ["Pà Thẻn"]
    assert record.dates.get().edtf == "2026-11-24" and record.sources.get().citation == "Sổ tay 2026"
    media = list(record.media.all())
    assert [row.alt_vi for row in media] == ["Nhóm lửa ở sân thôn", "Người đầu vào than"]
    assert {(row.credit, row.rights and row.rights.code) for row in media} == {("Lý Mẩy", "InC")}
    assert record.rights.code == "InC"


def test_asking_twice_makes_one_record(group: PhotographGroup, place: Place) -> None:
    assert make_record(group, place.author) == make_record(group, place.author)
    assert Record.objects.count() == 1


def test_a_turned_photograph_is_turned_in_its_file(table: LightTable, group: PhotographGroup, place: Place) -> None:
    work_off()
    row = group.photographs.order_by("order").first()
    assert row is not None and row.asset is not None
    arrange.turn(table, [row.pk])
    make_record(group, place.author)
    work_off()
    row.asset.refresh_from_db()
    assert (row.asset.turn, row.asset.width, row.asset.height) == (90, 360, 480)
    assert all((each.height or 0) > (each.width or 0) for each in row.asset.current)


def test_an_undone_group_lies_on_the_table_again(table: LightTable, group: PhotographGroup, place: Place) -> None:
    record = make_record(group, place.author)
    take_back(group, place.author)
    assert not Record.objects.filter(pk=record.pk).exists()
    assert (
        group.photographs.count() == 2
        and make_record(PhotographGroup.objects.get(pk=group.pk), place.author).source_key == record.source_key
    )


def test_a_record_that_somebody_worked_on_stays(group: PhotographGroup, place: Place) -> None:
    record = Record.objects.get(pk=make_record(group, place.author).pk)
    record.summary_vi = "Đã có người viết."
    save_version(record, place.author)
    with pytest.raises(ValidationError, match="Đã có người sửa"):
        take_back(group, place.author)
    assert Record.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("change", ["no title", "no photograph", "on its way"])
def test_a_group_that_is_not_ready_says_why(group: PhotographGroup, place: Place, change: str) -> None:
    if change == "no title":
        PhotographGroup.objects.filter(pk=group.pk).update(title="")
    elif change == "no photograph":
        group.photographs.update(lot=None)
    else:
        group.photographs.update(asset=None)
    with pytest.raises(ValidationError):
        make_record(group, place.author)
    assert not Record.objects.exists()


def test_a_code_that_another_record_has_is_left_out(group: PhotographGroup, place: Place) -> None:
    make_other("Có rồi", office=place.offices["commune"], source_key="xa-ta-phin/MH-001")
    assert make_record(group, place.author).source_key is None


def test_what_became_a_record_moves_no_more(table: LightTable, group: PhotographGroup, place: Place) -> None:
    make_record(group, place.author)
    keys = list(group.photographs.values_list("pk", flat=True))
    assert arrange.gather(table, keys) is None
    assert (arrange.move(table, keys, None), arrange.turn(table, keys), arrange.set_aside(table, keys)) == (0, 0, 0)
    arrange.write(table, {keys[0]: "khác"}, {group.pk: "khác"})
    assert not group.photographs.filter(caption="khác").exists()


def test_clocks_sort_and_a_photograph_without_a_clock_stays(table: LightTable, lay: Lay) -> None:
    for number, minute in enumerate((0, 5, 50)):
        lay(f"IMG_{number}.jpg", number, when=datetime(2026, 11, 24, 8, minute))
    lay("IMG_9.jpg", 9)
    assert arrange.sort_by_time(table, timedelta(minutes=30)) == 2
    assert [group.photographs.count() for group in table.lots.all()] == [2, 1]
    assert arrange.unsorted(table).count() == 1


def test_a_second_sorting_joins_the_group_of_the_same_code(table: LightTable, group: PhotographGroup, lay: Lay) -> None:
    lay("MH-001_3.jpg", 3)
    arrange.sort_by_name(table)
    assert table.lots.get().photographs.count() == 3


@pytest.mark.parametrize(("record_type", "expected"), [("heritage-element", "ta-phin"), ("ritual", "province")])
def test_a_place_is_never_finer_than_the_record_may_say(units: dict[str, AdminUnit], record_type: str, expected: str) -> None:
    assert place_of((22.39, 103.83), record_type) == units[expected]
    assert place_of((16.0, 120.0), record_type) is None
