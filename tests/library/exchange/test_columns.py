"""One table of columns for each type; templates made from it; columns of an office found again by name, use and memory."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from library.exchange.columns.mapping import problems_of, suggest
from library.exchange.columns.table import columns_of
from library.exchange.columns.template import template_csv, template_workbook
from library.exchange.sheets.sources import read_table
from library.exchange.sheets.writing import MarkedRow, write_annotated
from library.records.profiles import all_profiles, csv_columns

from .sheets import HEADER

pytestmark = pytest.mark.django_db
TYPES = [own.code for own in all_profiles()]


@pytest.mark.parametrize("code", TYPES)
def test_every_field_of_every_profile_has_a_column_and_names_are_not_shared(code: str):
    columns = columns_of(code)
    own = next(own for own in all_profiles() if own.code == code)
    missing = {column.name for column in csv_columns(own) if column.field.type != "media"} - {column.target for column in columns}
    assert not missing
    assert len({column.key for column in columns}) == len(columns)


@pytest.mark.parametrize("code", TYPES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_template_comes_back_with_every_column_in_its_place(tmp_path: Path, province: SimpleNamespace, code: str, language: str):
    with override(language):
        template_workbook(code, tmp_path / "t.xlsx")
        (tmp_path / "t.csv").write_bytes(template_csv(code))
        columns = columns_of(code)
        for name in ("t.xlsx", "t.csv"):
            header = read_table(tmp_path / name).header
            matches = suggest(header, columns, {})
            assert [match.key for match in matches] == [column.key for column in columns if column.key != "identifier"]
            assert not problems_of([match.key for match in matches], columns)


def test_a_template_has_lists_an_example_and_a_sheet_of_explanations(tmp_path: Path, province: SimpleNamespace):
    template_workbook("festival", tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    rows, explanation, lists = book.worksheets
    assert rows["A2"].value == "VÍ DỤ" and lists.sheet_state == "hidden"
    assert len(rows.data_validations.dataValidation) > 5
    words = " ".join(str(cell.value) for row in explanation.iter_rows() for cell in row if cell.value)
    assert "Quy mô" in words and "cả nước" in words and "VÍ DỤ" in words


def test_columns_of_an_office_are_found_by_memory_then_by_name_then_by_use():
    columns = columns_of("festival")
    matches = suggest([*HEADER, "Quy mô", "Ghi chú", "STT", "Cần sửa", "Tên"], columns, {"ghi chu": "credit"})
    assert [(match.key, match.why) for match in matches] == [
        ("code", "guessed"),
        ("title_vi", "guessed"),
        ("groups", "guessed"),
        ("places", "guessed"),
        ("date", "named"),
        ("sources", "named"),
        ("own.scale", "named"),
        ("credit", "remembered"),
        ("-", "guessed"),
        ("-", "named"),
        ("", "unknown"),
    ]


@pytest.mark.parametrize(
    ("mapping", "wrong"),
    [
        (["title_vi", "-"], []),
        (["title_vi", ""], ["unset"]),
        (["title_vi", "title_vi"], ["twice"]),
        (["groups", "-"], ["missing"]),
        (["identifier", "groups"], []),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(mapping: list[str], wrong: list[str]):
    assert [kind for kind, _name in problems_of(mapping, columns_of("festival"))] == wrong


def test_what_we_write_is_never_a_formula(tmp_path: Path):
    bad = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\x01=1+1"]
    write_annotated(tmp_path / "a.xlsx", "Tư liệu", bad, "Cần sửa", [MarkedRow(bad, "=x", {0})])
    for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows():
        assert [cell.data_type for cell in row] == ["s"] * 7
