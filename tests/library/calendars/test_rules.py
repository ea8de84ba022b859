"""A rule gives the days it can give, says how sure they are, and never guesses."""

from datetime import date

import pytest
from django.utils.translation import override

from library.calendars.rules import DateRule, Occurrence, errors, next_occurrences

TODAY = date(2026, 11, 25)


def test_a_lunar_rule_gives_the_next_years() -> None:
    rule = DateRule("vn-lunar", 1, 8, 1, 8)
    assert next_occurrences(rule, TODAY, 2) == [
        Occurrence(date(2027, 2, 13), date(2027, 2, 13), "computed"),
        Occurrence(date(2028, 2, 2), date(2028, 2, 2), "computed"),
    ]


def test_a_festival_never_falls_in_the_leap_month() -> None:
    assert next_occurrences(DateRule("vn-lunar", 6, 6), date(2025, 6, 1))[0].start == date(2025, 6, 30)
    assert next_occurrences(DateRule("vn-lunar", 6, 6), date(2025, 7, 1))[0].start == date(2026, 7, 19)


def test_an_end_before_the_start_runs_into_the_next_year_and_is_still_running() -> None:
    rule = DateRule("vn-lunar", 10, 16, 1, 15)
    running = next_occurrences(rule, date(2027, 1, 20))[0]
    assert running.start.year == 2026
    assert running.end == date(2027, 2, 20)


def test_about_is_said_of_the_days_too() -> None:
    assert next_occurrences(DateRule("vn-lunar", 1, 9, 1, 11, around=True), TODAY)[0].status == "around"


def test_a_gregorian_rule_gives_its_day() -> None:
    assert next_occurrences(DateRule("gregorian", 4, 19), TODAY)[0].start == date(2027, 4, 19)


@pytest.mark.parametrize(
    "rule",
    [
        DateRule("cham", 7, 1, words="mùng 1 tháng 7 lịch Chăm"),
        DateRule("islamic", 9, 1),
        DateRule("khmer", 5, 1),
        DateRule("variable", words="sau vụ gặt"),
        DateRule("vn-lunar", 1, words="ngày Thìn tháng Giêng"),
    ],
)
def test_what_cannot_be_computed_gives_no_day(rule: DateRule) -> None:
    assert next_occurrences(rule, TODAY, 3) == []


def test_an_entered_date_is_given_and_replaces_the_computed_one_of_its_year() -> None:
    rule = DateRule("gregorian", 3, 26)
    coming = next_occurrences(rule, TODAY, 2, entered=[(date(2027, 3, 20), date(2027, 3, 22))])
    assert coming == [
        Occurrence(date(2027, 3, 20), date(2027, 3, 22), "entered"),
        Occurrence(date(2028, 3, 26), date(2028, 3, 26), "computed"),
    ]


def test_nothing_is_computed_after_the_range() -> None:
    assert next_occurrences(DateRule("vn-lunar", 6, 6), date(2072, 1, 1)) == []


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        (DateRule("vn-lunar", 13, 1), "start_month"),
        (DateRule("vn-lunar", 1, 31), "start_day"),
        (DateRule("gregorian", 1, 32), "start_day"),
        (DateRule("vn-lunar", None, 8), "start_day"),
        (DateRule("vn-lunar", 1, 8, None, 9), "end_day"),
        (DateRule("vn-lunar", None, None, 2), "end_month"),
        (DateRule("", 1, 8), "calendar"),
    ],
)
def test_a_wrong_rule_names_its_wrong_part(rule: DateRule, part: str) -> None:
    assert part in errors(rule)


def test_a_stored_rule_is_read_back_and_its_words_win_over_its_numbers() -> None:
    stored = {"calendar": "vn-lunar", "start_month": 1, "start_day": 8, "end_month": None, "end_day": "", "around": True, "words": ""}
    assert str(DateRule.of(stored)) == "khoảng mùng 8 tháng Giêng"
    assert str(DateRule.of(stored | {"words": "ngày Thìn"})) == "ngày Thìn"
    assert str(DateRule("vn-lunar", 1, 9, 1, 11)) == "mùng 9 đến 11 tháng Giêng"


@pytest.mark.parametrize(
    ("rule", "vietnamese", "english"),
    [
        (DateRule("vn-lunar", 1, 8, 1, 8), "mùng 8 tháng Giêng", "day 8 of the 1st lunar month"),
        (DateRule("vn-lunar", 3, 20, 3, 23), "20 đến 23 tháng Ba", "day 20 to day 23 of the 3rd lunar month"),
        (DateRule("vn-lunar", 2), "tháng Hai", "2nd lunar month"),
        (DateRule("gregorian", 4, 19, around=True), "khoảng 19 tháng 4", "about 19 April"),
        (DateRule("gregorian", 6), "tháng 6 dương lịch", "June"),
        (DateRule("cham", 7, 1), "mùng 1 tháng 7 lịch Chăm", "day 1 of month 7 in the Cham calendar"),
    ],
)
def test_the_numbers_of_a_rule_are_said_in_the_readers_language(rule: DateRule, vietnamese: str, english: str) -> None:
    with override("vi"):
        assert str(rule) == vietnamese
    with override("en"):
        assert str(rule) == english
