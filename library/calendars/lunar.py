"""The Vietnamese lunar calendar (UTC+7), computed by the package lunar-vn. Every result is checked by converting it back.

In the years 1945-2071 the results are those of an astronomical reference; outside nothing is computed (handbook, section 6).
"""

from dataclasses import dataclass
from datetime import date

import lunar_vn
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

FIRST_YEAR, LAST_YEAR = 1945, 2071
LAST_DAY = 30  # in a rule, day 30 means the last day of the month, which may be the 29th
STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
MONTH_WORDS = ("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười một", "Chạp")
BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")


class NotComputableError(ValueError):
    """There is no reliable answer: the year is outside the range, or the day does not exist."""


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; ``leap`` marks a leap month."""

    day: int
    month: int
    year: int
    leap: bool = False

    def __str__(self) -> str:
        """``mùng 8 tháng Giêng``, ``rằm tháng Tám``, ``23 tháng Chạp``, ``15 tháng Hai nhuận``."""
        words = {"day": day_name(self.day), "month": month_name(self.month)}
        return _("%(day)s %(month)s nhuận") % words if self.leap else _("%(day)s %(month)s") % words

    @property
    def year_name(self) -> str:
        """The name of the year in the cycle of sixty: ``Bính Ngọ``."""
        return f"{STEMS[(self.year + 6) % 10]} {BRANCHES[(self.year + 8) % 12]}"


def lunar_day(day: date) -> LunarDay:
    """The lunar day of a date. Raises NotComputableError outside 1945-2071."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotComputableError(_("Lịch âm chỉ tính trong các năm 1945-2071."))
    lunar = lunar_vn.solar_to_lunar(day)
    return LunarDay(lunar.day, lunar.month, lunar.year, lunar.leap)


def solar_day(lunar: LunarDay) -> date:
    """The date of a lunar day. Raises NotComputableError when the month has no such day or the year is outside the range.

    Day 30 means the last day of the month, which may be the 29th. lunar-vn itself would give the first day of the next month.
    """
    for number in (lunar.day, 29) if lunar.day == LAST_DAY else (lunar.day,):
        day = _checked(LunarDay(number, lunar.month, lunar.year, lunar.leap))
        if day:
            return day
    raise NotComputableError(
        _("Lịch âm không có ngày này: %(day)s/%(month)s/%(year)s.") % {"day": lunar.day, "month": lunar.month, "year": lunar.year}
    )


def day_name(day: int) -> str:
    """``mùng 8``, ``rằm``, ``23``."""
    if day == 15:
        return _("rằm")
    return _("mùng %(day)s") % {"day": day} if day <= 10 else pgettext("lunar day", "%(day)s") % {"day": day}


def month_name(month: int) -> str:
    """``tháng Giêng`` … ``tháng Chạp``."""
    names = (
        _("tháng Giêng"),
        _("tháng Hai"),
        _("tháng Ba"),
        _("tháng Tư"),
        _("tháng Năm"),
        _("tháng Sáu"),
        _("tháng Bảy"),
        _("tháng Tám"),
        _("tháng Chín"),
        _("tháng Mười"),
        _("tháng Mười một"),
        _("tháng Chạp"),
    )
    return names[month - 1]


def _checked(lunar: LunarDay) -> date | None:
    try:
        day = lunar_vn.lunar_to_solar(lunar_vn.LunarDate(lunar.day, lunar.month, lunar.year, lunar.leap))
        return day if lunar_day(day) == lunar else None
    except ValueError:
        return None
