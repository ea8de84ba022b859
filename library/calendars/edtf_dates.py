"""Uncertain dates as EDTF (ISO 8601-2): the days they may mean, and their wording."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from .day_numbers import OPEN, day_number, historical_year, year_of

LONGEST = 60
Bounds = tuple[date | None, date | None]
Span = tuple[int, int]
LAST_DATE = date.max.toordinal()
SHORT_YEAR = re.compile(r"-?\d{1,3}[?~%]?(?:$|[-/])")
PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
QUALIFIED = re.compile(r"^(?P<date>[^?~%]+)(?P<mark>[?~%]?)$")
ONE_OF = re.compile(r"\[([^\[\].]+)\]")  # one of these, not known which


def bounds(text: str) -> Bounds:
    """The first and last day that the date may mean; None where it is open, or outside the years 1 to 9999.

    Raises ValueError when it is not EDTF.
    """
    first, last = (date.fromordinal(number) if 1 <= number <= LAST_DATE else None for number in span(text))
    return first, last


@lru_cache(maxsize=4096)  # a table has the same dates again and again
def span(text: str) -> Span:
    """The numbers of the first and the last day that the date may mean, before our era too; ``OPEN`` away where an end is not known.

    Raises ValueError when it is not EDTF.
    """
    if text != text.strip() or not 0 < len(text) <= LONGEST:
        raise ValueError(_("Chưa đọc được ngày “%(text)s”") % {"text": text[:LONGEST]})
    if SHORT_YEAR.match(text):
        raise ValueError(_("“%(text)s”: năm phải viết đủ bốn chữ số, ví dụ 0576") % {"text": text})
    return _plain_span(text) or _parsed_span(text)


def _plain_span(text: str) -> Span | None:
    """The span of a plain day, month or year; None for the rest. The parser needs ten milliseconds for what these lines say."""
    match = PLAIN.fullmatch(text)
    if match is None:
        return None
    said = [int(part) for part in match.groups() if part]
    try:
        first = date(*said, *[1] * (3 - len(said)))
    except ValueError:  # a season, or a day that does not exist
        return None
    if len(said) == 3:
        return first.toordinal(), first.toordinal()
    last_month = first.month if len(said) == 2 else 12
    last = date(first.year, last_month, monthrange(first.year, last_month)[1])
    return first.toordinal(), last.toordinal()


def _parsed_span(text: str) -> Span:
    try:
        parsed = parse_edtf(text)
        first, last = _day(parsed.lower_strict(), -OPEN), _day(parsed.upper_strict(), OPEN)
    except (EDTFParseException, AttributeError, TypeError) as error:
        raise ValueError(_("Chưa đọc được ngày “%(text)s”") % {"text": text}) from error
    if text.startswith("/"):  # an unknown start has no day; the parser invents one ten years before
        first = -OPEN
    if text.endswith("/"):
        last = OPEN
    if last < first:
        raise ValueError(_("“%(text)s” kết thúc trước khi bắt đầu") % {"text": text})
    return first, last


def wording(text: str, long: bool = False) -> str:
    """The date in words of the reader's language; rare forms are returned unchanged.

    ``long``: "ngày 12 tháng 3 năm 2025", not "12/3/2025".
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _one(text, long)
    if first in ("", "..") and last not in ("", ".."):
        return _("đến %(date)s") % {"date": _one(last, long)}
    if last in ("", ".."):
        return _("từ %(date)s") % {"date": _one(first, long)}
    return _("từ %(first)s đến %(last)s") % {"first": _one(first, long), "last": _one(last, long)}


def for_readers(text: str) -> str:
    """The date as public pages write it: ``12/3/2025``; in English ``12 March 2025``, since many read 12/3 there as 3 December."""
    return wording(text, long=get_language() == "en")


def _one(text: str, long: bool) -> str:
    if choices := ONE_OF.fullmatch(text):
        return _(" hoặc ").join(_one(choice.strip(), long) for choice in choices[1].split(","))
    match = QUALIFIED.match(text)
    if match is None:
        return text
    plain = (_long(match["date"]) if long else "") or _plain(match["date"])
    qualified = {"?": _("%(date)s, chưa chắc"), "~": _("khoảng %(date)s"), "%": _("khoảng %(date)s, chưa chắc")}
    return qualified[match["mark"]] % {"date": plain} if match["mark"] else plain


def _long(text: str) -> str:
    """A day, month or year of our era with the words for day, month and year; empty for others."""
    part = re.fullmatch(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?", text)
    if part is None or int(part["year"]) == 0:
        return ""
    day = date(int(part["year"]), int(part["month"] or 1), int(part["day"] or 1))
    if part["day"]:
        return _("ngày %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
    return date_format(day, "YEAR_MONTH_FORMAT") if part["month"] else _("năm %(year)s") % {"year": day.year}


def _plain(text: str) -> str:
    if re.fullmatch(r"\d\dXX", text):
        return century_words(int(text[:2]) + 1)
    if re.fullmatch(r"\d{3}X", text):
        return _("thập niên %(year)s") % {"year": text[:3] + "0"}
    if part := re.fullmatch(r"(-?\d{4})-(\d\d)(?:-(\d\d))?", text):
        return _part_of_year(part[1], part[2], part[3])
    if re.fullmatch(r"-?\d{4}|Y-?\d+", text):
        return _year(text)
    return _before_our_era(text) if text.startswith("-") else text


def century_words(century: int) -> str:
    """A century, negative before our era: "thế kỷ 19", "thế kỷ 5 TCN"; in English "the 19th century", "the 5th century BC"."""
    number = f"{abs(century)}{_ordinal_ending(abs(century))}" if get_language() == "en" else abs(century)
    return (_("thế kỷ %(number)s") if century > 0 else _("thế kỷ %(number)s TCN")) % {"number": number}


def _ordinal_ending(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _part_of_year(year: str, month: str, day: str | None) -> str:
    """A day, a month, or what EDTF writes in its place: seasons, quarters, halves of a year."""
    if int(month) > 12:
        return f"{_parts()[int(month)]} {_year(year)}"
    if int(year) > 0:
        return "/".join(filter(None, [day and str(int(day)), str(int(month)), _year(year)]))
    words = {"day": int(day or 0), "month": int(month), "year": _year(year)}
    return _("%(day)s tháng %(month)s %(year)s") % words if day else _("tháng %(month)s %(year)s") % words


def _parts() -> dict[int, str]:
    """Names of the codes 21 to 41 (ISO 8601-2, 4.8)."""
    seasons = [_("mùa xuân"), _("mùa hè"), _("mùa thu"), _("mùa đông")]
    southern = [_("%(season)s ở nam bán cầu") % {"season": season} for season in seasons]
    quarters = [_("quý %(number)s") % {"number": number} for number in range(1, 5)]
    thirds = [_("bốn tháng đầu năm"), _("bốn tháng giữa năm"), _("bốn tháng cuối năm")]
    names = [*seasons, *seasons, *southern, *quarters, *thirds, _("nửa đầu năm"), _("nửa cuối năm")]
    return dict(enumerate(names, start=21))


def _year(text: str) -> str:
    """A year as people write it: 576 for 0576, "năm 11 TCN" for -0010."""
    return year_words(historical_year(int(text.removeprefix("Y"))))


def year_words(year: int) -> str:
    """A year as people count it, negative before our era: "576", "năm 11 TCN"."""
    return str(year) if year > 0 else _("năm %(year)s TCN") % {"year": -year}


def short_year(year: int) -> str:
    """The same behind a word for "year": "576", "11 TCN"."""
    return str(year) if year > 0 else _("%(year)s TCN") % {"year": -year}


def _before_our_era(text: str) -> str:
    """A decade or century before our era, by its first and last year."""
    try:
        first, last = (year_words(historical_year(year_of(number))) for number in span(text))
    except ValueError:
        return text
    return _("từ %(first)s đến %(last)s") % {"first": first, "last": last}


def _day(value: Any, unknown: int) -> int:
    """The number of the day of a parser value: a struct_time, or an infinity for an open end."""
    if isinstance(value, float) or value is None:
        return unknown
    return max(-OPEN, min(OPEN, day_number(value.tm_year, value.tm_mon, value.tm_mday)))
