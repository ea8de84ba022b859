"""What the timeline shows: centuries with their years, and the dates of one century as lines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from library.calendars.edtf_dates import century_words, for_readers, short_year
from library.presentation.lists.lines import RecordLine, line
from library.records.profiles import profile

if TYPE_CHECKING:
    from library.records.models import Record

    from ..queries.timeline import Overview, Row

SLUG = re.compile(r"the-ky-([1-9]\d{0,2})(-tcn)?")
PLAIN_YEAR = re.compile(r"\d{4}")
#: Level of a listing → what happened in its year.
LISTED: dict[str, Promise] = {
    "unesco": _("UNESCO ghi danh"),
    "national": _("vào danh mục quốc gia"),
    "province": _("tỉnh, thành phố ghi danh"),
}


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date of a record: the year under which it stands, the date in words where it says more than the year, what happened then."""

    line: RecordLine
    year: str
    when: str
    what: str


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year, and how many dates stand in it."""

    words: str
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Century:
    """A century: its years, its first dates, and how many dates say no year."""

    name: str
    slug: str
    count: int
    without_year: int
    years: list[YearCount]
    lines: list[DatedLine]

    @property
    def more(self) -> bool:
        """Whether it has more dates than those that are shown here."""
        return self.count > len(self.lines)

    @property
    def url(self) -> str:
        """The address of its page."""
        return reverse("timeline-century", args=[self.slug])


def centuries(overview: "Overview", records: "Mapping[int, Record]") -> list[Century]:
    """All centuries that have dates, the earliest first; ``records`` holds those of the first dates, by key."""
    first: dict[int, list[Row]] = {}
    for century, row in overview.first:
        first.setdefault(century, []).append(row)
    return [_century(number, years, dated_lines(first.get(number, ()), records)) for number, years in overview.centuries.items()]


def _century(number: int, years: Mapping[int | None, int], lines: list[DatedLine]) -> Century:
    counts = [YearCount(short_year(year), year, count) for year, count in sorted((y, n) for y, n in years.items() if y is not None)]
    return Century(century_name(number), slug_of(number), sum(years.values()), years.get(None, 0), counts, lines)


def dated_lines(rows: "Iterable[Row]", records: "Mapping[int, Record]") -> list[DatedLine]:
    """The lines of rows of dates whose records are there."""
    return [_dated_line(row, records[row[0]]) for row in rows if row[0] in records]


def _dated_line(row: "Row", record: "Record") -> DatedLine:
    _pk, kind, edtf, wording, year = row
    when = "" if PLAIN_YEAR.fullmatch(edtf) else (get_language() != "en" and wording) or for_readers(edtf)
    return DatedLine(line(record), "" if year is None else short_year(year), when, _what(kind, record.record_type))


def _what(kind: str, record_type: str) -> str:
    """What is dated; empty for what the record tells of."""
    if kind in LISTED:
        return str(LISTED[kind])
    return str(profile(record_type).field(kind).label) if kind else ""


def century_name(century: int) -> str:
    """The name of a century as a title."""
    return str(capfirst(century_words(century)))


def slug_of(century: int) -> str:
    """The century in an address: ``the-ky-19``, ``the-ky-5-tcn``."""
    return f"the-ky-{abs(century)}{'' if century > 0 else '-tcn'}"


def century_of_slug(slug: str) -> int | None:
    """The century that an address names; None where it names none."""
    match = SLUG.fullmatch(slug)
    return (-int(match[1]) if match[2] else int(match[1])) if match else None
