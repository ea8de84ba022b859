"""One day, month, year or longer time, as it is written without the words around it. Input is plain text (``text.plain``)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ..day_numbers import astronomical_year
from .text import UnclearDateError

Groups = dict[str, str | None]
VIETNAMESE = ("gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "chap", "muoi hai")
ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTH = {name: min(number, 12) for number, name in enumerate(VIETNAMESE, start=1)}
MONTH |= {name[:length]: number for number, name in enumerate(ENGLISH, start=1) for length in (3, len(name))}
SEASONS = {"xuan": 21, "he": 22, "ha": 22, "thu": 23, "dong": 24, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
ONLY_LUNAR = {"gieng", "chap"}  # months, beside "rằm", that only the lunar calendar has
PARTS = {"dau": (0, 33), "giua": (34, 66), "cuoi": (67, 99), "nua dau": (0, 49), "nua cuoi": (50, 99), "nua sau": (50, 99)}
DECADE_PARTS = {"dau": (0, 3), "giua": (4, 6), "cuoi": (7, 9)}
YEAR_PARTS = {"dau": 37, "giua": 38, "cuoi": 39, "nua dau": 40, "nua cuoi": 41, "nua sau": 41}
ROMAN = {"i": 1, "v": 5, "x": 10}

_names = "|".join(sorted(VIETNAMESE, key=len, reverse=True))
_english = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in ENGLISH)
_era = r"(?: ?(?P<era>tcn|tr\.? ?cn|truoc cong nguyen|bce?|scn|sau cong nguyen|cong nguyen|cn|ad|ce))?"
_digits = rf"(?P<year>[0-9]{{2,4}}|[0-9](?= ?[a-z])){_era}"
_year = rf"(?:nam )?{_digits}"
_half = r"(?:(?P<part>nua dau|nua cuoi|nua sau|dau|giua|cuoi) )?"
_century = r"(?:the k[yi]|tk|century)\.? ?(?P<century>[0-9]{1,2}|[ivx]+)"
_season = "|".join(sorted(SEASONS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Point:
    """A year as astronomers count, with month and day where they are said; or EDTF of a time that is no day, month or year."""

    year: int = 0
    month: int = 0
    day: int = 0
    leap: bool = False
    lunar: bool = False  # by its words; a sign beside the date may say otherwise
    doubtful: bool = False  # the words are used with both calendars
    edtf: str = ""


def point_of(text: str) -> Point | None:
    """The time that is written, or None where it is written in no way that we know. Raises UnclearDateError for a year of two digits."""
    for pattern, build in READERS:
        if match := pattern.fullmatch(text):
            return build(match.groupdict(), text)
    return None


def edtf_year(year: int) -> str:
    """``0576``, ``-0010``."""
    return f"{year:05}" if year < 0 else f"{year:04}"


def _calendar_day(groups: Groups, text: str) -> Point:
    """A day or a month with its year. A day or month "00" is one that nobody knows."""
    name, day = groups.get("month") or "", groups.get("day") or ""
    month = int(name) if name.isdigit() else MONTH[name]
    if month == 0 and day.strip("0"):
        raise UnclearDateError(_("Có ngày thì phải có tháng."))
    lunar = name in ONLY_LUNAR or day == "ram"
    return Point(
        year=_year_of(groups, text),
        month=month,
        day=15 if day == "ram" else int(day or 0),
        leap=bool(groups.get("leap")),
        lunar=lunar,
        doubtful=bool(groups.get("mung")) and not lunar,
    )


def _only_year(groups: Groups, text: str) -> Point:
    return Point(year=_year_of(groups, text))


def _year_of(groups: Groups, text: str) -> int:
    digits, era = groups["year"] or "", groups.get("era") or ""
    if int(digits) == 0:
        raise UnclearDateError(_("Không có năm 0."))
    if era.startswith(("t", "b")):
        return astronomical_year(-int(digits))
    if len(digits) <= 2 and not era:
        before = text[: text.rindex(digits)]
        years = tuple(f"{before}{century}{digits:>02}" for century in (19, 20))
        raise UnclearDateError(_("Năm “%(year)s” là năm nào? Xin viết đủ bốn chữ số.") % {"year": digits}, years)
    return int(digits)


def _of_century(groups: Groups, text: str) -> Point:
    """A century, or a part of it: the first, middle or last third, or a half."""
    number = _number(groups["century"] or "")
    if not 1 <= number <= 30:
        raise UnclearDateError(_("Không có thế kỷ %(number)s.") % {"number": number})
    if (groups.get("era") or "").startswith(("t", "b")):
        return Point(edtf=f"-{number - 1:02}XX")
    hundred = (number - 1) * 100
    if not groups.get("part"):
        return Point(edtf=f"{number - 1:02}XX")
    first, last = PARTS[groups["part"] or ""]
    return Point(edtf=f"{max(1, hundred + first):04}~/{hundred + last:04}~")


def _decade(groups: Groups, text: str) -> Point:
    digits, century = groups["tens"] or "", groups.get("century")
    if len(digits) == 2 and not century:
        choices = tuple(_("thập niên %(year)s") % {"year": f"{hundred}{digits}"} for hundred in (19, 18))
        raise UnclearDateError(_("Những năm %(years)s của thế kỷ nào?") % {"years": digits}, choices)
    start = int(digits) if len(digits) == 4 else (_number(century or "") - 1) * 100 + int(digits)
    if not groups.get("part"):
        return Point(edtf=f"{start // 10:03}X")
    first, last = DECADE_PARTS[groups["part"] or ""]
    return Point(edtf=f"{start + first:04}~/{start + last:04}~")


def _part_of_year(groups: Groups, text: str) -> Point:
    year = edtf_year(_year_of(groups, text))
    if groups.get("season"):
        return Point(edtf=f"{year}-{SEASONS[groups['season'] or '']}")
    if groups.get("quarter"):
        return Point(edtf=f"{year}-{32 + _number(groups['quarter'] or '')}")
    return Point(edtf=f"{year}-{YEAR_PARTS[groups['part'] or '']}")


def _serial(groups: Groups, text: str) -> Point:
    """A number as spreadsheets store days: 1 is 1 January 1900."""
    day = date(1899, 12, 30) + timedelta(days=int(groups["serial"] or 0))
    raise UnclearDateError(
        _("“%(number)s” là số, không phải ngày. Có phải ngày dưới đây, mà bảng tính đã đổi thành số?") % {"number": text},
        (f"{day.day}/{day.month}/{day.year}",),
    )


def _number(text: str) -> int:
    """``19`` or ``xix``."""
    if text.isdigit():
        return int(text)
    values = [ROMAN[letter] for letter in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _compiled(pattern: str, build: Callable[[Groups, str], Point]) -> tuple[re.Pattern[str], Callable[[Groups, str], Point]]:
    return re.compile(pattern), build


#: How a time is written → what makes it, tried in order.
READERS = (
    _compiled(r"(?P<serial>[234][0-9]{4})(?:\.0+)?", _serial),
    _compiled(
        r"(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?:[t ]00?:00(?::00(?:\.0+)?)?)?z?",
        _calendar_day,
    ),
    _compiled(
        r"(?:ngay )?(?:(?P<mung>m[uo]ng) )?(?P<day>[0-9]{1,2})(?P<sign> ?[-/. ] ?)(?P<month>[0-9]{1,2})(?:(?P=sign)| nam | )" + _digits,
        _calendar_day,
    ),
    _compiled(
        r"(?:ngay )?(?:(?P<mung>m[uo]ng) )?(?P<day>[0-9]{1,2}|ram),? thang "
        rf"(?P<month>{_names}|[0-9]{{1,2}})(?P<leap> nhuan)?[ ,/-]+{_year}",
        _calendar_day,
    ),
    _compiled(rf"(?P<day>[0-9]{{1,2}}) (?P<month>{_english}),? {_year}", _calendar_day),
    _compiled(r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})", _calendar_day),
    _compiled(rf"(?:thang |thg\.? ?|t\.?)?(?P<month>[0-9]{{1,2}})(?P<leap> nhuan)?(?: ?[-/.] ?|,? ){_year}", _calendar_day),
    _compiled(rf"thang (?P<month>{_names})(?P<leap> nhuan)?[ ,/-]+{_year}", _calendar_day),
    _compiled(rf"(?P<month>{_english}),? {_year}", _calendar_day),
    _compiled(rf"{_half}{_century}{_era}", _of_century),
    _compiled(r"(?P<century>[0-9]{1,2})(?:st|nd|rd|th) century" + _era, _of_century),
    _compiled(
        rf"(?:(?P<part>dau|giua|cuoi) )?(?:cac |nhung |thap nien |thap k[yi] )(?:nam )?(?P<tens>[0-9]{{3}}0|[0-9]0)"
        rf"(?:,? (?:cua )?{_century})?",
        _decade,
    ),
    _compiled(rf"nam (?P<tens>[0-9]0),? (?:cua )?{_century}", _decade),
    _compiled(r"(?P<tens>[0-9]{3}0)s", _decade),
    _compiled(rf"(?:mua )?(?P<season>{_season}),? {_year}", _part_of_year),
    _compiled(rf"quy (?P<quarter>[1-4]|i{{1,3}}|iv)[ ,/-]+{_year}", _part_of_year),
    _compiled(rf"(?:bon thang )?(?P<part>nua dau|nua cuoi|nua sau|dau|giua|cuoi) {_year}", _part_of_year),
    _compiled(_year, _only_year),
)
