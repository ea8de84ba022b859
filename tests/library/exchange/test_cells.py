"""What officers write in cells is understood, said back, and asked about where it is doubtful; one press mends a cell."""

from types import SimpleNamespace
from typing import Any

import pytest

from library.exchange.cells.lookups import Lookups
from library.exchange.cells.row import ReadRow, RowReader
from library.exchange.columns.table import columns_of
from library.vocabularies.models import AdminUnit

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(province: SimpleNamespace) -> Any:
    """Reads cells of the columns with these keys."""

    def of(lunar: tuple[str, ...] = (), **cells: Any) -> ReadRow:
        keys = [key.replace("__", ".") for key in cells]
        known = {column.key: column for column in columns_of("festival")}
        columns = [known[key] for key in ("title_vi", *keys)]
        reader = RowReader(columns, Lookups(province.office, ["anh/IMG_1.JPG", "IMG_2.jpg"], province.user.viewer), lunar)
        return reader.read(["Hội", *cells.values()])

    return of


def _refused(row: ReadRow) -> list[tuple[str, tuple[str, ...]]]:
    return [(note.allowed, note.choices) for note in row.notes if note.level == "refused"]


@pytest.mark.parametrize("typed", ["Mông", "H’mông", "h'mong", "người Mông", "MÔNG", "Hmong"])
def test_a_people_is_found_by_any_spelling(read: Any, province: SimpleNamespace, typed: str):
    row = read(groups=typed)
    assert row.content.links["groups"] == [province.groups[0].pk] and not row.refused


def test_a_local_group_brings_its_people_and_is_kept(read: Any, province: SimpleNamespace):
    links = read(groups="Dao đỏ; Mông").content.links
    assert links["groups"] == [province.groups[1].pk, province.groups[0].pk] and len(links["subgroups"]) == 1


def test_a_name_of_two_peoples_is_asked_about_and_each_way_keeps_the_rest_of_the_cell(read: Any):
    [(_allowed, choices)] = _refused(read(groups="Mông; Mán"))
    assert choices == ("Mông; Dao", "Mông; Thái")
    assert not any(read(groups=way).refused for way in choices)


def test_a_people_that_is_none_is_answered_with_what_it_may_be(read: Any):
    [(_allowed, choices)] = _refused(read(groups="Moông"))
    assert "Mông" in choices


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("Tả Phìn", ["Xã Tả Phìn"]),
        ("xa ta phin, tinh Lao Cai", ["Xã Tả Phìn"]),
        ("Lào Cai", ["Lào Cai"]),
        ("Tân Tiến", ["Xã Tân Tiến"]),
        ("Tân Tiến, Tuyên Quang", ["Xã Tân Tiến"]),
        ("Túng Sán", ["Xã Tân Tiến", "Xã Túng Sán"]),
        ("Túng Sán (2019)", ["Xã Tân Tiến", "Xã Túng Sán"]),
    ],
)
def test_places_are_found_by_name_and_date(read: Any, typed: str, units: list[str]):
    links = read(places=typed).content.links
    keys = [*links.get("places", ()), *links.get("former_units", ())]
    assert [AdminUnit.objects.get(pk=key).label_vi for key in keys] == units


def test_of_communes_of_one_name_that_of_the_own_province_is_meant(read: Any):
    here, there = (read(places=typed).content.links["places"][0] for typed in ("Tân Tiến", "Tân Tiến, Tuyên Quang"))
    assert AdminUnit.objects.get(pk=here).parent.label_vi == "Lào Cai" and here != there


def test_a_commune_that_was_divided_is_asked_about_and_a_press_says_both_names(read: Any):
    [(_allowed, choices)] = _refused(read(places="Yên Định, Bắc Mê"))
    assert len(choices) == 2 and all("→" in way for way in choices)
    links = read(places=choices[0]).content.links
    assert len(links["places"]) == len(links["former_units"]) == 1


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [("12/3/2025", "2025-03-12"), ("tháng 3/1930", "1930-03"), ("khoảng 1930", "1930~"), ("thế kỷ 19", "18XX"), ("1930-1945", "1930/1945")],
)
def test_dates_are_read_as_people_write_them_and_said_back(read: Any, typed: str, edtf: str):
    row = read(date=typed)
    assert row.content.rows["dates"][0]["edtf"] == edtf
    assert [note.level for note in row.notes] == ["changed"] and row.notes[0].allowed


@pytest.mark.parametrize("typed", ["31/4/2025", "tháng 3", "12/3/25", "hôm nào đó"])
def test_a_doubtful_date_is_asked_about(read: Any, typed: str):
    assert read(date=typed).refused


def test_a_column_of_lunar_dates_keeps_the_words_and_names_the_calendar(read: Any):
    [row] = read(lunar=("date",), date="10/3/2025").content.rows["dates"]
    assert row["edtf"] == "2025-04-07" and row["wording"] == "10/3/2025" and row["calendar_id"]


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("mùng 8 tháng Giêng âm lịch", {"calendar": "vn-lunar", "start_day": 8, "start_month": 1}),
        ("15/10 đến 30/12 dương lịch", {"calendar": "gregorian", "start_day": 15, "end_month": 12}),
        ("sau vụ gặt", {"words": "sau vụ gặt"}),
    ],
)
def test_the_rule_of_a_festival_keeps_its_words_and_the_numbers_that_are_said(read: Any, typed: str, rule: dict[str, Any]):
    [stored] = read(own__date_rule=typed).content.own["date_rule"]
    assert stored.items() >= rule.items() and stored["words"] == typed


def test_values_of_one_row_of_a_profile_stand_in_their_columns(read: Any):
    own = read(own__occurrences__start="2024; 2025", own__occurrences__status="do người nhập; khoảng", own__scale="tỉnh").content.own
    assert own == {"occurrences.start": ["2024", "2025"], "occurrences.status": ["entered", "around"], "scale": ["province"]}


def test_a_value_that_is_in_no_list_is_answered_with_the_list(read: Any):
    [(allowed, choices)] = _refused(read(own__scale="tinh thanh"))
    assert "cả nước" in allowed and choices


@pytest.mark.parametrize("typed", ["IMG_1", "img_1.jpg", "anh/IMG_1.JPG", "IMG_2.JPG"])
def test_a_file_is_found_with_its_folder_or_without_and_in_any_letters(read: Any, typed: str):
    assert len(read(media=typed).content.files) == 1


def test_a_file_that_is_not_there_is_answered_with_names_like_it(read: Any):
    [(_allowed, choices)] = _refused(read(media="IMG_3.jpg"))
    assert "IMG_2.jpg" in choices


def test_a_formula_and_a_text_that_is_too_long_are_refused_in_their_column_only(read: Any):
    row = read(groups="Mông", tags={"problem": "formula", "text": "=A1"}, credit="x" * 401)
    assert [note.column for note in row.notes if note.level == "refused"] == [2, 3]


def test_a_vernacular_name_carries_its_language(read: Any):
    [row] = read(vernacular_title="Hauv Toj (tiếng Mông)").content.rows["texts"]
    assert row == {"role": "vernacular_title", "language": "hmn", "text": "Hauv Toj"}


def test_a_cell_that_comes_again_says_the_same_and_leaves_the_row_before_as_it_was(province: SimpleNamespace):
    known = {column.key: column for column in columns_of("festival")}
    columns = [known[key] for key in ("title_vi", "groups", "vernacular_title", "other_title")]
    reader = RowReader(columns, Lookups(province.office, [], province.user.viewer))
    first, again = (reader.read([title, "Mông; Dao đỏ", "Hauv Toj", "Hội " + "rất dài " * 40]) for title in ("Hội", "Lễ"))
    other = reader.read(["Tết", "Dao", "Hauv Toj", ""])
    assert first.content.links == again.content.links and first.notes == again.notes
    assert first.content.rows == again.content.rows and len(first.content.rows["texts"]) == 2
    assert other.content.links["groups"] == [province.groups[1].pk] and len(other.content.rows["texts"]) == 1
