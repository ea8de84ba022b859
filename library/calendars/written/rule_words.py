"""Reads the days of a yearly rule from people's words: ``mùng 8 đến mùng 10 tháng Giêng``. What is not plain is left unread."""

import re
from dataclasses import replace

from media_pipeline.text.folding import fold

from ..rules import GREGORIAN, VN_LUNAR, DateRule
from .points import MONTH, ONLY_LUNAR, VIETNAMESE
from .text import UnclearDateError, marks_of, plain

# Folding makes a space of the hyphen in "8-10", so "15-10" is no day with its month: it may be two days.
_DAY = r"(?:(?:ngay )?(?:mung |mong )?(?P<{0}>\d{{1,2}})|(?:ngay )?(?P<{0}_full>ram))"
_NAMES = "|".join(sorted(VIETNAMESE, key=len, reverse=True))
_MONTH = r"(?: thang (?P<{0}>\d{{1,2}}|" + _NAMES + r")\b|[/.](?P<{0}_number>\d{{1,2}})\b)"
_TO = r"(?: ?(?:den|toi|–) ?| )"
_SPAN = re.compile(rf"(?:tu )?{_DAY.format('day')}{_MONTH.format('month')}?{_TO}{_DAY.format('last_day')}{_MONTH.format('last_month')}")
_ONE = re.compile(rf"{_DAY.format('day')}{_MONTH.format('month')}")
_LUNAR = re.compile(rf"\b(?:am lich|ram|{'|'.join(sorted(ONLY_LUNAR))})\b")  # "mùng" is said with both calendars


def rule_of_words(words: str) -> DateRule | None:
    """The rule that the words name somewhere, without a calendar where they name none; None where they name no day."""
    text = " ".join(fold(words).split())
    span = _SPAN.search(text)
    found = span or _ONE.search(text)
    return _rule(found, text, is_span=span is not None) if found else None


def rule_that_words_are(words: str) -> DateRule | None:
    """The rule where the words say nothing else but its days, its calendar and that it is about; None for all other words."""
    try:
        text, marks = marks_of(plain(words))
    except UnclearDateError:
        return None
    text = fold(text)
    span = _SPAN.fullmatch(text)
    found = span or _ONE.fullmatch(text)
    if found is None or marks.doubt:
        return None
    rule = replace(_rule(found, text, is_span=span is not None), around=marks.about)
    return rule if marks.lunar is None else replace(rule, calendar=VN_LUNAR if marks.lunar else GREGORIAN)


def _rule(found: re.Match[str], text: str, *, is_span: bool) -> DateRule:
    calendar = GREGORIAN if "duong lich" in text else VN_LUNAR if _LUNAR.search(text) else ""
    last_month, last_day = (_month(found, "last_month"), _day(found, "last_day")) if is_span else (None, None)
    return DateRule(calendar, _month(found, "month") or last_month, _day(found, "day"), last_month, last_day)


def _day(found: re.Match[str], name: str) -> int:
    return 15 if found[f"{name}_full"] else int(found[name])


def _month(found: re.Match[str], name: str) -> int | None:
    words = found[name] or found[f"{name}_number"]
    if words is None:
        return None
    return int(words) if words.isdigit() else MONTH[words]
