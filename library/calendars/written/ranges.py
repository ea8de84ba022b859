"""From when to when: takes the two ends of a written span of time apart, and gives each what the other one says for both."""

import re

from django.utils.translation import gettext as _

from ..edtf_dates import span, wording
from .text import UnclearDateError

NOW = r"(?:nay|hien nay|now|present)"
SINCE = re.compile(rf"(?:ke )?(?:tu|from|since) (?P<first>.+?)(?: (?:den|toi|to|until|-) {NOW})?")
UNTIL_NOW = re.compile(rf"(?P<first>.+?) ?(?:den|toi|to|until|-) ?{NOW}")
UNTIL = re.compile(r"(?:cho )?(?:den|toi|until|to)(?: het)? (?P<last>.+)")
BEFORE = re.compile(r"(?:truoc|before) (?P<date>.+)")
AFTER = re.compile(r"(?:sau|after) (?P<date>.+)")
BETWEEN = re.compile(r"(?:(?:tu|from) )?(?P<first>.+?) (?:den|toi|->|to|until)(?: het)? (?P<last>.+)")
AMID = re.compile(r"(?:giua|between) (?P<first>.+) (?:va|and) (?P<last>.+)")
SHORT_END = re.compile(r"(?P<century>[0-9]{2})(?P<year>[0-9]{2}) ?[-/] ?(?P<last>[0-9]{2})")
CENTURIES = re.compile(r"(?P<word>the k[yi]|tk)\.? ?(?P<first>[0-9]{1,2}|[ivx]+)$")
NUMBER = re.compile(r"[0-9]{1,2}|[ivx]+")
LONE_DAY = re.compile(r"(?:ngay )?(?:m[uo]ng )?(?P<day>[0-9]{1,2})")
DAY_AND_MONTH = re.compile(r"(?:ngay )?(?:m[uo]ng )?(?P<day>[0-9]{1,2})(?:[-/.]| thang )(?P<month>[0-9]{1,2})")
LONE_MONTH = re.compile(r"thang (?P<month>[0-9]{1,2})")
_MONTH = r"(?:[0-9]{1,2}|[a-z]+(?: mot| hai)?)"
NO_YEAR = re.compile(rf"(?:(?:ngay |m[uo]ng )*(?:[0-9]{{1,2}}|ram)(?: ?[-/.] ?| thang )|thang ){_MONTH}")
LAST_DATE = re.compile(r"(?P<before>(?:.*?[-/. ])?)(?:thang )?(?P<month>[0-9]{1,2}|[a-z]+)(?:[-/.]|,? nam |,? )(?P<year>[0-9]{4})")


def ends(text: str) -> tuple[str, str] | None:
    """(first, last) of a span between two times; None where it is none. Parts that only the last one says are given to the first."""
    if short := SHORT_END.fullmatch(text):
        return short["century"] + short["year"], short["century"] + short["last"]
    match = AMID.fullmatch(text) or BETWEEN.fullmatch(text)
    if match:
        return _completed(match["first"], match["last"])
    for separator in (" - ", "-", " / ", "/"):
        first, found, last = text.partition(separator)
        if found and separator not in last and first.strip() and last.strip():
            return _completed(first.strip(), last.strip())
    middle = text.split("-")  # 1-3-2025-5-3-2025
    return ("-".join(middle[:3]), "-".join(middle[3:])) if len(middle) == 6 else None


def _completed(first: str, last: str) -> tuple[str, str]:
    """Both ends with their century, month and year."""
    if (century := CENTURIES.search(first)) and NUMBER.fullmatch(last.split()[0]):
        return first, f"{century['word']} {last}"
    whole = LAST_DATE.fullmatch(last)
    if whole is None:
        return first, last
    month, year = whole["month"], whole["year"]
    if lone := LONE_DAY.fullmatch(first):
        has_day = re.search("[0-9]", whole["before"]) or "ram" in whole["before"]
        return (f"{lone['day']} thang {month} nam {year}" if has_day else f"thang {lone['day']} nam {year}"), last
    if lone := DAY_AND_MONTH.fullmatch(first):
        return f"{lone['day']}/{lone['month']}/{year}", last
    if lone := LONE_MONTH.fullmatch(first):
        return f"thang {lone['month']} nam {year}", last
    return first, last


def refuse_two_meanings(text: str) -> None:
    """Raises UnclearDateError for "1901-05": May 1901 to computers, 1901 to 1905 to people. "1975-04" can be a month only."""
    match = SHORT_END.fullmatch(text)
    if match is None or match["last"] <= match["year"] or not _is_edtf(text):
        return
    years = f"{match['century']}{match['year']} - {match['century']}{match['last']}"
    raise UnclearDateError(_("“%(date)s” là từ năm nào đến năm nào, hay là một tháng?") % {"date": text}, (years, wording(text)))


def _is_edtf(text: str) -> bool:
    try:
        span(text)
    except ValueError:
        return False
    return True
