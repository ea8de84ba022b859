"""The months of a festival in the index: by its rule, by its known days, else as its words name them."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from library.records.profiles import profile
from library.records.profiles.values import as_stored
from search.facets import festival_months as module
from search.facets.festival_months import months_of_festival


@pytest.fixture(autouse=True)
def known_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "first_known_day", lambda: date(2027, 1, 1))
    monkeypatch.setattr(module, "last_filled_day", lambda: date(2027, 12, 31))


def months(calendar: str, words: str, cycle: str = "yearly", **numbers: int) -> list[str]:
    rule = {"calendar": calendar, "around": False, "words": words, **numbers}
    values: dict[str, Any] = {"calendar": calendar, "date_rule": rule, "rule_text": {"text": words, "lang": "vi"}, "cycle": cycle}
    return months_of_festival(SimpleNamespace(record_type="festival", details=as_stored(profile("festival"), values, "x")))  # type: ignore[arg-type]


def test_a_lunar_rule_gives_its_month_and_the_months_of_its_days() -> None:
    assert months("vn-lunar", "mùng 8 tháng Giêng", start_month=1, start_day=8) == ["lunar-1", "2027-02"]


def test_a_rule_over_the_end_of_a_year_has_every_month() -> None:
    found = months("vn-lunar", "từ 16 tháng Mười đến rằm tháng Giêng", start_month=10, start_day=16, end_month=1, end_day=15)
    assert found[:4] == ["lunar-10", "lunar-11", "lunar-12", "lunar-1"]


def test_a_month_without_a_day_counts() -> None:
    assert months("vn-lunar", "ngày Thìn tháng Giêng", start_month=1) == ["lunar-1"]
    assert months("gregorian", "đầu tháng Sáu dương lịch", start_month=6) == ["solar-6"]


def test_words_alone_are_read() -> None:
    assert months("vn-lunar", "tháng Mười một, tháng Chạp hoặc tháng Giêng") == ["lunar-11", "lunar-12", "lunar-1"]
    assert months("variable", "khoảng tháng Ba, tháng Tư dương lịch") == ["solar-3", "solar-4"]
    assert months("gregorian", "tháng Ba dương lịch, hai năm một lần", cycle="two_yearly", start_month=3) == ["solar-3"]
    assert months("variable", "sau vụ gặt") == []
    assert months("variable", "từ tháng 1 đến tháng 3, ba đến năm năm một lần") == ["lunar-1", "lunar-2", "lunar-3"]
    assert months("variable", "sau vụ gặt rẫy, khoảng tháng 11-12") == ["lunar-11", "lunar-12"]
    assert months("cham", "đầu tháng 1 lịch Chăm, khoảng tháng Tư dương lịch", start_month=1) == ["solar-4"]


def test_another_record_has_no_months() -> None:
    assert months_of_festival(SimpleNamespace(record_type="costume", details=[])) == []  # type: ignore[arg-type]
