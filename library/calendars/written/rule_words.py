"""Reads the days of a yearly rule from people's words: ``mùng 8 đến mùng 10 tháng Giêng``. What is not plain is left unread."""

import re

from media_pipeline.text.folding import fold

from ..rules import GREGORIAN, VN_LUNAR, DateRule

# Folding makes a space of the hyphen in "8-10". "Tháng một" is the first month for some and the eleventh for others: it is not read.
MONTHS = {name: number for number, name in enumerate("gieng hai ba tu nam sau bay tam chin muoi".split(), 1)} | {"chap": 12}  # noqa: SIM905
_DAY = r"(?:(?:ngay )?(?:mung |mong )?(?P<{0}>\d{{1,2}})|(?:ngay )?(?P<{0}_full>ram))"
_MONTH = r"thang (?P<{0}>\d{{1,2}}|" + "|".join(MONTHS) + r")\b"
_TO = r"(?: (?:den|toi|–) | )"
_SPAN = re.compile(
    rf"(?:tu )?{_DAY.format('day')}(?: {_MONTH.format('month')})?{_TO}{_DAY.format('last_day')} {_MONTH.format('last_month')}"
)
_ONE = re.compile(rf"{_DAY.format('day')} {_MONTH.format('month')}")
_LUNAR = re.compile(r"\b(?:am lich|mung|mong|ram|gieng|chap)\b")


def rule_of_words(words: str) -> DateRule | None:
    """The rule that the words name, without a calendar where they name none; None where they name no day."""
    text = " ".join(fold(words).split())
    span = _SPAN.search(text)
    found = span or _ONE.search(text)
    if found is None:
        return None
    calendar = GREGORIAN if "duong lich" in text else VN_LUNAR if _LUNAR.search(text) else ""
    last_month = _month(span["last_month"]) if span else None
    month = _month(found["month"]) if found["month"] else last_month
    last_day = _day(span, "last_day") if span else None
    return DateRule(calendar, month, _day(found, "day"), last_month, last_day)


def _day(found: re.Match[str], name: str) -> int:
    return 15 if found[f"{name}_full"] else int(found[name])


def _month(text: str) -> int:
    return MONTHS.get(text) or int(text)
