"""The days of a yearly rule, as people say them."""

import pytest

from library.calendars.rules import DateRule
from library.calendars.written.rule_words import rule_of_words, rule_that_words_are


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("mùng 8 tháng Giêng", DateRule("vn-lunar", 1, 8)),
        ("Từ mùng 8 đến mùng 10 tháng Giêng", DateRule("vn-lunar", 1, 8, 1, 10)),
        ("ngày 28 tháng Chạp đến mùng 3 tháng Giêng", DateRule("vn-lunar", 12, 28, 1, 3)),
        ("rằm tháng bảy", DateRule("vn-lunar", 7, 15)),
        ("ngày 2 tháng 9 dương lịch", DateRule("gregorian", 9, 2)),
        ("ngày 10 tháng 3", DateRule("", 3, 10)),
        ("8-10 tháng 3 âm lịch", DateRule("vn-lunar", 3, 8, 3, 10)),
        ("mùng 8 tháng 3", DateRule("", 3, 8)),
        ("15/10 đến 30/12 dương lịch", DateRule("gregorian", 10, 15, 12, 30)),
        ("mùng 3 tháng mười một âm lịch", DateRule("vn-lunar", 11, 3)),
    ],
)
def test_plain_words_are_read(words: str, rule: DateRule) -> None:
    assert rule_of_words(words) == rule


@pytest.mark.parametrize("words", ["sau vụ gặt", "ngày Thìn tháng Giêng", "mùng 8 tháng Một", ""])
def test_what_is_not_plain_is_left_to_the_person(words: str) -> None:
    assert rule_of_words(words) is None


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Từ mùng 8 đến mùng 10 tháng Giêng", DateRule("vn-lunar", 1, 8, 1, 10)),
        ("khoảng rằm tháng bảy", DateRule("vn-lunar", 7, 15, around=True)),
        ("15/10 đến 30/12 dương lịch", DateRule("gregorian", 10, 15, 12, 30)),
        ("8-10/3 AL", DateRule("vn-lunar", 3, 8, 3, 10)),
        ("ngày 10 tháng 3", DateRule("", 3, 10)),
    ],
)
def test_words_that_say_only_the_days_are_the_rule(words: str, rule: DateRule) -> None:
    assert rule_that_words_are(words) == rule


@pytest.mark.parametrize("words", ["mùng 8 tháng Giêng, ba năm một lần", "sau rằm tháng bảy", "15-10", "mùng 8 tháng Giêng (?)", "x" * 200])
def test_words_that_say_more_are_kept_as_they_are(words: str) -> None:
    assert rule_that_words_are(words) is None
