"""Uncertain dates as EDTF (ISO 8601-2): the days they may mean, and their wording."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

LONGEST = 60
Bounds = tuple[date | None, date | None]
QUALIFIED = re.compile(r"^(?P<date>[^?~%]+)(?P<mark>[?~%]?)$")


def bounds(text: str) -> Bounds:
    """The first and last day that the date may mean; None where it is open. Raises ValueError when it is not EDTF."""
    if text != text.strip() or not 0 < len(text) <= LONGEST:
        raise ValueError(_("“%(text)s” không phải thời gian kiểu EDTF") % {"text": text[:LONGEST]})
    try:
        parsed = parse_edtf(text)
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, AttributeError, TypeError) as error:
        raise ValueError(_("“%(text)s” không phải thời gian kiểu EDTF") % {"text": text}) from error
    if text.startswith("/"):  # an unknown start has no day; the parser invents one ten years before
        first = None
    if text.endswith("/"):
        last = None
    if first and last and last < first:
        raise ValueError(_("“%(text)s” kết thúc trước khi bắt đầu") % {"text": text})
    return first, last


def wording(text: str) -> str:
    """The date in words of the reader's language; rare forms are returned unchanged."""
    first, slash, last = text.partition("/")
    if not slash:
        return _one(text)
    if first in ("", "..") and last not in ("", ".."):
        return _("đến %(date)s") % {"date": _one(last)}
    if last in ("", ".."):
        return _("từ %(date)s") % {"date": _one(first)}
    return _("từ %(first)s đến %(last)s") % {"first": _one(first), "last": _one(last)}


def _one(text: str) -> str:
    match = QUALIFIED.match(text)
    if match is None:
        return text
    plain = _plain(match["date"])
    qualified = {"?": _("%(date)s, chưa chắc"), "~": _("khoảng %(date)s"), "%": _("khoảng %(date)s, chưa chắc")}
    return qualified[match["mark"]] % {"date": plain} if match["mark"] else plain


def _plain(text: str) -> str:
    if re.fullmatch(r"\d\dXX", text):
        return _("thế kỷ %(number)s") % {"number": int(text[:2]) + 1}
    if re.fullmatch(r"\d{3}X", text):
        return _("thập niên %(year)s") % {"year": text[:3] + "0"}
    if season := re.fullmatch(r"(\d{4})-(2[1-4])", text):
        names = {"21": _("mùa xuân"), "22": _("mùa hè"), "23": _("mùa thu"), "24": _("mùa đông")}
        return f"{names[season[2]]} {season[1]}"
    if month := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return f"{int(month[2])}/{month[1]}"
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return f"{int(day[3])}/{int(day[2])}/{day[1]}"
    return text


def _day(value: Any) -> date | None:
    """The day of a parser value: a struct_time, or an infinity for an open end. None for an open end and for years outside 1-9999."""
    if isinstance(value, float) or value is None or not 1 <= value.tm_year <= 9999:
        return None
    return date(value.tm_year, value.tm_mon, value.tm_mday)
