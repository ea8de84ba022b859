"""Reads a date as it was typed: the EDTF that it means, or a question about it. Day comes before month, always."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ..day_numbers import year_of
from ..edtf_dates import span
from .cycle import without_cycle
from .days import Times, times_of
from .points import edtf_year, point_of
from .ranges import AFTER, BEFORE, NO_YEAR, SINCE, UNTIL, UNTIL_NOW, ends, refuse_two_meanings
from .text import Marks, UnclearDateError, marks_of, plain, unread

EDTF = re.compile(r"[0-9x.\[{/-][0-9x?~%./\[\],{}-]*|y-?[0-9]+(?:e[0-9]+)?")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What a typed date means.

    ``lunar_words``: its lunar day in words, where it was asked by the Vietnamese lunar calendar. ``calendar_said``: whether the text names
    its calendar.
    """

    edtf: str
    lunar_words: str = ""
    calendar_said: bool = False


def read_date(typed: str) -> WrittenDate:
    """The date that was typed. Raises UnclearDateError, with ways to write it, where it is doubtful or no date at all."""
    text = plain(typed)
    if not text:
        raise unread(typed)
    refuse_two_meanings(text)
    if EDTF.fullmatch(text) and _is_edtf(text.upper()):
        return WrittenDate(text.upper())
    try:
        return _read(text, typed)
    except (KeyError, OverflowError) as error:
        raise unread(typed) from error
    except ValueError as error:
        if isinstance(error, UnclearDateError):
            raise
        raise UnclearDateError(str(error)) from error  # a lunar day that does not exist


def _read(text: str, typed: str) -> WrittenDate:
    text, in_cycle = without_cycle(text, typed)
    text, marks = marks_of(text)
    said = marks.lunar is not None
    if in_cycle and not said:
        marks = replace(marks, lunar=True)
    times = _one(text, marks) or _open(text, marks) or _between(text, marks)
    if times is None:
        raise UnclearDateError(_("Thiếu năm. Ví dụ: 12/3/2025.")) if NO_YEAR.fullmatch(text) else unread(typed)
    return WrittenDate(_checked(times.edtf, typed), times.lunar_words, said or bool(times.lunar_words))


def _one(text: str, marks: Marks) -> Times | None:
    """One point in time, with its own marks beside those of the whole."""
    text, own = marks_of(text)
    point = point_of(text)
    if point is None:
        return None
    lunar = marks.lunar if own.lunar is None else own.lunar
    return times_of(point, Marks(lunar, marks.about or own.about, marks.doubt or own.doubt))


def _open(text: str, marks: Marks) -> Times | None:
    """From a time on, until a time, before it, after it."""
    for pattern in (UNTIL_NOW, SINCE):
        if (match := pattern.fullmatch(text)) and (times := _one(match["first"], marks)):
            return Times(_closed(times.first, 0), "..", times.lunar_words)
    if (match := UNTIL.fullmatch(text)) and (times := _one(match["last"], marks)):
        return Times("..", _closed(times.last, 1), times.lunar_words)
    if (match := BEFORE.fullmatch(text)) and (times := _one(match["date"], marks)):
        return Times("..", _beside(times.first, -1), times.lunar_words)
    if (match := AFTER.fullmatch(text)) and (times := _one(match["date"], marks)):
        return Times(_beside(times.last, 1), "..", times.lunar_words)
    return None


def _between(text: str, marks: Marks) -> Times | None:
    pair = ends(text)
    if pair is None:
        return None
    last = _one(pair[1], marks)
    first = _one(pair[0], marks) if last else None
    if first is None or last is None:
        return None
    if span(first.first)[0] > span(last.last)[1]:
        raise UnclearDateError(_("Lúc đầu lại sau lúc cuối. Có phải viết ngược?"), (f"{pair[1]} - {pair[0]}",))
    words = _("từ %(first)s đến %(last)s") % {"first": first.lunar_words, "last": last.lunar_words} if first.lunar_words else ""
    return Times(first.first, last.last, words)


def _closed(end: str, which: int) -> str:
    """An end beside an open one. EDTF has no century or decade there: its first or last year stands for it."""
    return edtf_year(year_of(span(end)[which])) if "X" in end else end


def _beside(end: str, step: int) -> str:
    """The year, month or day before (step −1) or after (1)."""
    bare = end.rstrip("?~%")
    sign = end[len(bare) :]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", bare):
        return (date.fromisoformat(bare) + timedelta(days=step)).isoformat() + sign
    if match := re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", bare):
        months = int(match[1]) * 12 + int(match[2]) - 1 + step
        return f"{edtf_year(months // 12)}-{months % 12 + 1:02}{sign}"
    return edtf_year(year_of(span(bare)[0 if step < 0 else 1]) + step) + sign


def _checked(edtf: str, typed: str) -> str:
    """The EDTF, which a library has read, too."""
    if not _is_edtf(edtf):
        raise unread(typed)
    return edtf


def _is_edtf(text: str) -> bool:
    try:
        span(text)
    except ValueError:
        return False
    return True
