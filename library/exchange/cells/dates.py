"""Cells with dates and with the rules of festivals, as officers write them. What is doubtful is asked about."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.calendars.rules import NUMBERS, VN_LUNAR, errors
from library.calendars.written.reading import WrittenDate, read_date
from library.calendars.written.rule_words import rule_that_words_are
from library.calendars.written.said import said_back
from library.calendars.written.text import UnclearDateError

from .problems import CellError

LUNAR_WORDS = " âm lịch"
LONGEST_RULE = 300  # characters of the words


def read_written(typed: str, *, lunar: bool) -> tuple[WrittenDate, str]:
    """The date and what was understood, in words. ``lunar``: the whole column is by the lunar calendar. Raises CellError."""
    return _read_written(typed, lunar, get_language() or "")


@lru_cache(maxsize=4_096)  # a table has the same dates again and again, and the run reads what the check has read
def _read_written(typed: str, lunar: bool, _language: str) -> tuple[WrittenDate, str]:
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
    rule = rule_that_words_are(typed)
    if rule is not None and not rule.calendar and lunar:
        rule = replace(rule, calendar=VN_LUNAR)
    if rule is None or not rule.calendar:
        return {"words": typed}
    wrong = errors(rule)
    if wrong:
        raise CellError(" ".join(dict.fromkeys(wrong.values())))
    numbers = {name: value for name in NUMBERS if (value := getattr(rule, name))}
    return {"words": typed, "calendar": rule.calendar, "around": rule.around, **numbers}
