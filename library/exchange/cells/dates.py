"""Cells with dates and with the rules of festivals, as officers write them. What is doubtful is asked about."""

import re
from typing import Any

from django.utils.translation import gettext as _

from library.calendars.rules import GREGORIAN, VN_LUNAR, DateRule, errors
from library.calendars.written.points import MONTH, ONLY_LUNAR
from library.calendars.written.reading import WrittenDate, read_date
from library.calendars.written.said import said_back
from library.calendars.written.text import LONGEST, UnclearDateError, marks_of, plain

from .problems import CellError

LUNAR_WORDS = " âm lịch"
LONGEST_RULE = 300  # characters of the words
_DAY = r"(?:ngay )?(?:m[uo]ng )?(?P<{0}_day>\d{{1,2}}|ram)(?:/|-|\.| thang | )(?P<{0}_month>\d{{1,2}}|gieng|chap)"
RULE = re.compile(rf"(?:tu )?{_DAY.format('start')}(?: ?(?:den|toi|-|–) ?{_DAY.format('end')})?")


def read_written(typed: str, *, lunar: bool) -> tuple[WrittenDate, str]:
    """The date and what was understood, in words. ``lunar``: the whole column is by the lunar calendar. Raises CellError."""
    try:
        written = read_date(typed)
        if lunar and not written.calendar_said and written.edtf.count("-") == 2:
            written = read_date(typed + LUNAR_WORDS)
        return written, said_back(written)
    except UnclearDateError as error:
        raise CellError(error.sentence, tuple(error.choices)) from error


def row_of(typed: str, written: WrittenDate, lunar_calendar: int | None) -> dict[str, Any]:
    """The date as a row of the record: a lunar one keeps its words."""
    if written.lunar_words:
        return {"edtf": written.edtf, "wording": typed, "calendar_id": lunar_calendar}
    return {"edtf": written.edtf, "wording": "", "calendar_id": None}


def read_rule(typed: str, *, lunar: bool) -> dict[str, Any]:
    """A rule of the profile: its words always, its numbers where they and their calendar are said. Raises CellError."""
    if len(typed) > LONGEST_RULE:
        raise CellError(_("Ngắn hơn %(number)d chữ.") % {"number": LONGEST_RULE})
    rule: dict[str, Any] = {"words": typed}
    if len(typed) > LONGEST:
        return rule
    try:
        text, marks = marks_of(plain(typed))
    except UnclearDateError:
        return rule
    match = RULE.fullmatch(text)
    is_lunar = marks.lunar if marks.lunar is not None else lunar or any(month in text for month in ONLY_LUNAR) or None
    if match is None or is_lunar is None:
        return rule
    rule |= {"calendar": VN_LUNAR if is_lunar else GREGORIAN, "around": marks.about}
    rule |= {name: _number(value) for name, value in match.groupdict().items() if value}
    wrong = errors(DateRule.of(rule))
    if wrong:
        raise CellError(" ".join(dict.fromkeys(wrong.values())))
    return rule


def _number(word: str) -> int:
    return 15 if word == "ram" else int(word) if word.isdigit() else MONTH[word]
